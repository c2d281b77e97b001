import { fieldPath, resourceName } from './containers';
import { anyText, below, exactlyOneOf, fileMode, form, labelName, labels, objectName, oneOf, quantity, relative, upless, words } from './forms';
import { CLAIM } from './storage';
import { Json, asList, asObject, asText } from '../../../model/manifest';
import { Judges, Problem } from '../places';

const SOURCES = [
  'awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'fc', 'flexVolume', 'flocker',
  'gcePersistentDisk', 'gitRepo', 'glusterfs', 'hostPath', 'image', 'iscsi', 'nfs', 'persistentVolumeClaim', 'photonPersistentDisk', 'portworxVolume', 'projected', 'quobyte', 'rbd',
  'scaleIO', 'secret', 'storageos', 'vsphereVolume',
];

const ITEMS: Judges = { 'items.*.path': relative, 'items.*.mode': fileMode };
const DOWNWARD: Judges = {
  ...ITEMS,
  'items.*': exactlyOneOf('fieldRef', 'resourceFieldRef'),
  'items.*.fieldRef.fieldPath': fieldPath('metadata.name', 'metadata.namespace', 'metadata.uid', 'metadata.labels', 'metadata.annotations'),
  'items.*.resourceFieldRef.resource': resourceName,
  'items.*.resourceFieldRef.divisor': quantity,
};

/** The name of a driver, in letters of any case. */
const driver = form(value => value === '' || value.length <= 63 && /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/i.test(value), 'letters, digits, dashes and dots are taken, with a letter or digit at both ends, 63 characters at most');

export const HOST_PATH: Judges = {
  path: upless,
  type: words('DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'),
};

export const VOLUME: Judges = {
  '': oneOf(...SOURCES),
  'name': labelName,
  'configMap|secret|projected|downwardAPI.defaultMode': fileMode,
  ...below('configMap|secret', ITEMS),
  ...below('downwardAPI', DOWNWARD),
  ...below('hostPath', HOST_PATH),
  'emptyDir.sizeLimit': quantity,
  'csi.driver': driver,
  'csi.volumeAttributes.*': anyText,
  'csi.nodePublishSecretRef.name': objectName,
  'nfs.path': form(value => value === '' || value.startsWith('/'), 'an absolute path is wanted'),
  'image.pullPolicy': words('Always', 'IfNotPresent', 'Never'),
  'ephemeral.volumeClaimTemplate.metadata.labels': labels,
  'ephemeral.volumeClaimTemplate.metadata.labels.*': anyText,
  ...below('ephemeral.volumeClaimTemplate.spec', CLAIM),
  'projected': samePathProblems,
  ...below('projected.sources.*', {
    '': oneOf('serviceAccountToken', 'configMap', 'secret', 'downwardAPI', 'clusterTrustBundle', 'podCertificate'),
    'serviceAccountToken|clusterTrustBundle.path': relative,
    ...below('configMap|secret', ITEMS),
    ...below('downwardAPI', DOWNWARD),
  }),
};

/** Two sources that write one file. */
function samePathProblems({ sources }: Json): Problem[] {
  const paths = asList(sources).flatMap((source, i) => pathsOf(asObject(source)).map((path): [string, number] => [path, i]));
  const first = new Map<string, number>();
  return paths.flatMap(([path, i]): Problem[] => {
    const isThere = path !== '' && first.has(path);
    first.set(path, i);
    return isThere ? [[['sources', i], `writes ${path}, as another source does`]] : [];
  });
}

function pathsOf({ configMap, secret, downwardAPI }: Json): string[] {
  return [configMap, secret, downwardAPI].flatMap(source => asList(asObject(source).items)).map(item => asText(asObject(item).path));
}
