import {
  NAME_WANTED, all, below, dataKey, exactlyOneOf, filled, form, keyProblems, labelName, namesGiven, notNegative, objectName, oneOf, plainText,
  port, portName, portOrName, quantity, relative, within, words,
} from './forms';
import { isObjectName, isQualifiedName, isStandIn } from '../../../model/kubernetes/forms';
import { Json, asObject, asText } from '../../../model/manifest';
import { shown } from '../../schemas/notation';
import { Judge, Judges, Problem } from '../places';

const USER = within(0, 2 ** 31 - 1);

/** What a container and a pod say about users and the kernel. */
export const SECURITY: Judges = {
  'runAsUser|runAsGroup': USER,
  'seccompProfile|appArmorProfile.type': words('Localhost', 'RuntimeDefault', 'Unconfined'),
  'seccompProfile|appArmorProfile': profileProblems,
  'seccompProfile.localhostProfile': relative,
};

function profileProblems({ type, localhostProfile }: Json): Problem[] {
  const isNamed = localhostProfile !== undefined && localhostProfile !== null;
  if (type === 'Localhost' && !isNamed) return [[[], 'has no localhostProfile, which type Localhost needs']];
  return isNamed && ['RuntimeDefault', 'Unconfined'].includes(type) ? [[['localhostProfile'], `may not stand beside type ${type}: it is for type Localhost`]] : [];
}

const HEADER = form(value => /^[-\w]+$/.test(value), 'letters, digits, dashes and underscores are taken');
const HTTP: Judges = {
  'port': portOrName,
  'scheme': words('HTTP', 'HTTPS'),
  'httpHeaders.*.name': HEADER,
};
const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'];

const PROBE: Judges = {
  '': exactlyOneOf(...HANDLERS.slice(0, 4)),
  'initialDelaySeconds|timeoutSeconds|periodSeconds|successThreshold|failureThreshold': notNegative,
  'terminationGracePeriodSeconds': within(1, Infinity),
  ...below('httpGet', HTTP),
  'exec.command': filled,
  'tcpSocket.port': portOrName,
  'grpc.port': port,
};

const once: Judge = value => typeof value !== 'number' || value === 0 || value === 1 ? undefined : `is ${value}: 1 is wanted, for one answer shows that the container is up`;

export const CONTAINER: Judges = {
  '': all(mountProblems, escalationProblems),
  'name': labelName,
  'image': form(value => value.trim() === value, 'no space is taken before or behind the name'),
  'imagePullPolicy': words('Always', 'IfNotPresent', 'Never'),
  'restartPolicy': words('Always', 'OnFailure', 'Never'),
  'terminationMessagePolicy': words('File', 'FallbackToLogsOnError'),
  'ports.*.name': portName,
  'ports.*.containerPort': port,
  'ports.*.hostPort': within(0, 65535),
  'ports.*.protocol': words('TCP', 'UDP', 'SCTP'),
  'env.*': oneVariable,
  'env.*.value': plainText,
  'command|args': list => Array.isArray(list) ? undefined : `is ${shown(list)}: a list of texts is wanted`,
  'command|args.*': plainText,
  'env.*.name': form(value => value === '' || /^[ -<>-~]+$/.test(value), 'a variable has printable letters of ASCII, and no ='),
  ...below('env.*.valueFrom', {
    '': exactlyOneOf('fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'),
    'configMapKeyRef|secretKeyRef.name': objectName,
    'configMapKeyRef|secretKeyRef.key': dataKey,
    'fieldRef.fieldPath': fieldPath('metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'),
    'resourceFieldRef.resource': resourceName,
    'resourceFieldRef.divisor': quantity,
  }),
  'envFrom.*': exactlyOneOf('configMapRef', 'secretRef'),
  'envFrom.*.configMapRef|secretRef.name': form(value => isObjectName(value.replace(/-$/, '')), NAME_WANTED, isStandIn),
  'resources.requests|limits': resources,
  'resources.requests|limits.*': quantity,
  ...below('livenessProbe|startupProbe|readinessProbe', PROBE),
  'livenessProbe|startupProbe.successThreshold': once,
  'readinessProbe.terminationGracePeriodSeconds': () => 'is not taken: only a startupProbe or a livenessProbe ends the container',
  ...below('lifecycle.preStop|postStart', { '': exactlyOneOf(...HANDLERS), ...below('httpGet', HTTP), 'exec.command': filled, 'tcpSocket.port': portOrName }),
  ...below('securityContext', { ...SECURITY, procMount: words('Default', 'Unmasked') }),
  'volumeMounts.*': oneOf('subPath', 'subPathExpr'),
  'volumeMounts.*.subPath|subPathExpr': relative,
  'volumeMounts.*.mountPropagation': words('None', 'HostToContainer', 'Bidirectional'),
};

/** A container that runs before the others: unless it stays, nothing asks whether it is up. */
export const INIT_CONTAINER: Judge = container => {
  if (container.restartPolicy === 'Always') return [];
  return namesGiven(container, ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle']).map((name): Problem =>
    [[name], 'is not taken in an init container that ends: restartPolicy: Always makes it a sidecar']);
};

function oneVariable({ value, valueFrom }: Json): Problem[] {
  return valueFrom !== undefined && valueFrom !== null && asText(value) !== '' ? [[['valueFrom'], 'may not stand beside value: one of them is taken']] : [];
}

/** A field of the pod as a variable or a file has it. */
export function fieldPath(...paths: string[]): Judge {
  return form(value => paths.includes(value) || /^metadata\.(labels|annotations)\['[^']+'\]$/.test(value), `one of ${paths.join(', ')}, metadata.labels['name'], metadata.annotations['name'] is wanted`);
}

const RESOURCE = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/;

export function resourceName(value: Json): string | undefined {
  return form(text => RESOURCE.test(text), 'limits or requests of cpu, memory or ephemeral-storage are wanted, such as limits.cpu')(value) as string | undefined;
}

const STANDARD = /^(cpu|memory|ephemeral-storage|hugepages-.+)$/;

/** What a container may have: a resource of Kubernetes, or one of somebody's domain. */
export function resources(value: Json): Problem[] {
  return keyProblems(value, key => STANDARD.test(key) || key.includes('/') && isQualifiedName(key), 'cpu, memory, ephemeral-storage and hugepages-… are known, and names behind a domain such as example.org/gpu');
}

function mountProblems({ volumeMounts, securityContext }: Json): Problem[] {
  if (!Array.isArray(volumeMounts) || asObject(securityContext).privileged === true) return [];
  return volumeMounts.flatMap((mount, i): Problem[] => mount?.mountPropagation !== 'Bidirectional' ? []
    : [[['volumeMounts', i, 'mountPropagation'], 'is Bidirectional, which only a container with securityContext.privileged: true may have']]);
}

function escalationProblems({ securityContext }: Json): Problem[] {
  const { allowPrivilegeEscalation, privileged, capabilities } = asObject(securityContext);
  if (allowPrivilegeEscalation !== false) return [];
  const added = asObject(capabilities).add;
  const cause = privileged === true ? 'privileged: true' : Array.isArray(added) && added.includes('CAP_SYS_ADMIN') ? 'the capability CAP_SYS_ADMIN' : undefined;
  return cause === undefined ? [] : [[['securityContext', 'allowPrivilegeEscalation'], `is false beside ${cause}, which is more than that`]];
}
