import { NAME_WANTED, annotations, form, labelName, labels, objectName, pathName, plainText } from './forms';
import { isObjectName, isStandIn } from '../../../model/kubernetes/forms';
import { Manifest } from '../../../model/manifest';
import { objectType, specType } from '../../schemas';
import { Judge, Judges } from '../places';

const LONGEST_CRON_JOB = 52;
const cronJobName = form(value => value === '' || isObjectName(value) && value.length <= LONGEST_CRON_JOB, `${NAME_WANTED.replace('253', '52')}, for jobs get a longer name`, isStandIn);

/** Names that are not as those of most objects. */
const NAMES: Readonly<Record<string, Judge>> = {
  '/Namespace': labelName,
  '/Service': labelName,
  'batch/CronJob': cronJobName,
  'batch/Job': form(value => value === '' || isObjectName(value) && value.length <= 63, `${NAME_WANTED.replace('253', '63')}, for a label has it`, isStandIn),
  'policy/PodDisruptionBudget': pathName,
  'rbac.authorization.k8s.io/Role': pathName,
  'rbac.authorization.k8s.io/ClusterRole': pathName,
  'rbac.authorization.k8s.io/RoleBinding': pathName,
  'rbac.authorization.k8s.io/ClusterRoleBinding': pathName,
};

/** Kinds without values that are looked at. */
const OTHERS = ['Namespace', 'ServiceAccount', 'Endpoints', 'ReplicationController'];

/** Whether an object is of a kind whose names and labels are known to be as everywhere. */
export function isNamedAsUsual({ apiVersion, kind, group }: Manifest): boolean {
  return group === '' && OTHERS.includes(kind) || group === 'spire.spiffe.io' || objectType(apiVersion, kind) !== undefined || specType(apiVersion, kind) !== undefined;
}

const byKind = new Map<string, Judges>();

/** What the API server has against the name, the labels and the annotations of an object. */
export function metadataJudges({ group, kind }: Manifest): Judges {
  const key = `${group}/${kind}`;
  const known = byKind.get(key) ?? {
    'metadata.name': NAMES[key] ?? objectName,
    'metadata.namespace': labelName,
    'metadata.labels': labels,
    'metadata.annotations': annotations,
    'metadata.labels|annotations.*': plainText,
  };
  byKind.set(key, known);
  return known;
}
