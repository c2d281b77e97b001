import { CONTAINER, INIT_CONTAINER, SECURITY } from './containers';
import { annotations, below, filled, form, ip, labelName, labels, objectName, plainText, positive, qualifiedName, quantity, within, words } from './forms';
import { SCHEDULING } from './scheduling';
import { VOLUME } from './volumes';
import { Json, asList, asObject, asObjects } from '../../../model/manifest';
import { Judges, Problem } from '../places';

const USER = within(0, 2 ** 31 - 1);
const SYSCTL = /^[a-z0-9]([-_a-z0-9]*[a-z0-9])?([./][a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$/;

/** What the API server has against the spec of a pod. */
export const POD: Judges = {
  '': togetherProblems,
  'containers': filled,
  'restartPolicy': words('Always', 'OnFailure', 'Never'),
  'dnsPolicy': words('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'),
  'dnsConfig.nameservers': value => asList(value).length > 3 ? `has ${asList(value).length} addresses: 3 are taken at most` : undefined,
  'dnsConfig.nameservers.*': ip,
  'hostAliases.*.ip': ip,
  'hostAliases.*.hostnames.*': objectName,
  'hostname|subdomain': labelName,
  'serviceAccountName|priorityClassName|runtimeClassName': objectName,
  'preemptionPolicy': words('PreemptLowerPriority', 'Never'),
  'activeDeadlineSeconds': positive,
  'readinessGates.*.conditionType': qualifiedName,
  'os.name': words('linux', 'windows'),
  'overhead.*': quantity,
  ...below('containers|initContainers.*', CONTAINER),
  'initContainers.*': INIT_CONTAINER,
  ...below('securityContext', SECURITY),
  'securityContext.fsGroup': USER,
  'securityContext.supplementalGroups.*': USER,
  'securityContext.fsGroupChangePolicy': words('OnRootMismatch', 'Always'),
  'securityContext.sysctls.*.name': form(value => value.length <= 253 && SYSCTL.test(value), 'a name such as net.core.somaxconn is wanted'),
  ...below('volumes.*', VOLUME),
  ...SCHEDULING,
};

/** A template of pods, with the words that its owner takes for restartPolicy. */
export function template(...restartPolicies: string[]): Judges {
  return {
    'metadata.labels': labels,
    'metadata.annotations': annotations,
    'metadata.labels|annotations.*': plainText,
    ...below('spec', { ...POD, restartPolicy: words(...restartPolicies) }),
  };
}

/** Fields of a pod that exclude or need each other. */
function togetherProblems(pod: Json): Problem[] {
  const found: Problem[] = [];
  if (pod.shareProcessNamespace === true && pod.hostPID === true) found.push([['shareProcessNamespace'], 'may not stand beside hostPID']);
  if (pod.dnsPolicy === 'None' && asList(asObject(pod.dnsConfig).nameservers).length === 0) found.push([['dnsPolicy'], 'is None: dnsConfig.nameservers are wanted beside it']);
  if (pod.hostNetwork === true) {
    asObjects(pod.containers).forEach((container, i) => asObjects(container.ports).forEach(({ hostPort, containerPort }, j) => {
      const isOther = typeof hostPort === 'number' && hostPort !== 0 && hostPort !== containerPort;
      if (isOther) found.push([['containers', i, 'ports', j, 'hostPort'], `is ${hostPort}, and containerPort ${containerPort}: with hostNetwork they are one`]);
    }));
  }
  return found;
}
