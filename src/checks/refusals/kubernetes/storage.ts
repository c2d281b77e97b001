import { SELECTOR, all, anyText, below, filled, form, objectName, quantity, qualifiedName, within, words } from './forms';
import { amountOf } from '../../../formats/quantity';
import { Json, asList } from '../../../model/manifest';
import { Judge, Judges, Problem } from '../places';

const MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];
const VOLUME_MODE = words('Filesystem', 'Block');

const alone: Judge = value => asList(value).includes('ReadWriteOncePod') && asList(value).length > 1 ? 'has ReadWriteOncePod beside other modes: it is taken alone' : undefined;
const aboveNone: Judge = value => amountOf(String(value)) === 0 ? `is ${value}: more than 0 is wanted` : undefined;

/** The spec of a claim to a volume. */
export const CLAIM: Judges = {
  'accessModes': all(filled, alone),
  'accessModes.*': words(...MODES),
  'volumeMode': VOLUME_MODE,
  'storageClassName': objectName,
  'resources': sizeProblems,
  'resources.requests|limits.*': quantity,
  'resources.requests.storage': aboveNone,
  ...below('selector', SELECTOR),
};

export const PERSISTENT_VOLUME: Judges = {
  'accessModes': alone,
  'accessModes.*': words(...MODES),
  'volumeMode': VOLUME_MODE,
  'storageClassName': objectName,
  'capacity.*': quantity,
  'capacity.storage': aboveNone,
  'persistentVolumeReclaimPolicy': words('Retain', 'Delete', 'Recycle'),
};

export const STORAGE_CLASS: Judges = {
  'provisioner': form(value => value === '' || /^([a-z0-9]([-.a-z0-9]*[a-z0-9])?\/)?[a-z0-9]([-\w.]*[a-z0-9])?$/i.test(value), 'a name such as ebs.csi.aws.com is wanted'),
  'parameters.*': anyText,
  'reclaimPolicy': words('Retain', 'Delete'),
  'volumeBindingMode': words('Immediate', 'WaitForFirstConsumer'),
  'allowedTopologies.*.matchLabelExpressions.*.key': qualifiedName,
};

export const CSI_DRIVER: Judges = {
  'fsGroupPolicy': words('None', 'File', 'ReadWriteOnceWithFSType'),
  'volumeLifecycleModes.*': words('Persistent', 'Ephemeral'),
  'tokenRequests': audienceProblems,
  'tokenRequests.*.expirationSeconds': within(600, 2 ** 32),
};

function sizeProblems({ requests }: Json): Problem[] {
  return requests?.storage === undefined || requests.storage === null ? [[[], 'has no requests.storage']] : [];
}

function audienceProblems(requests: Json): Problem[] {
  const audiences = asList(requests).map(one => one?.audience ?? '');
  return audiences.flatMap((audience, i): Problem[] => audiences.indexOf(audience) < i ? [[[i], `asks for audience "${audience}" again`]] : []);
}
