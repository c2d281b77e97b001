import { isIP } from 'node:net';
import { cidr, form, ip, labelName, labels, port, portOrName, qualifiedName, within, words } from './forms';
import { isObjectName } from '../../../model/kubernetes/forms';
import { Json, asList, asObject, asObjects } from '../../../model/manifest';
import { Judges, Problem } from '../places';

const nodePort = within(0, 65535);

export const SERVICE: Judges = {
  '': typeProblems,
  'type': words('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
  'selector': selector => Object.values(asObject(selector)).some(value => typeof value === 'object') ? [] : labels(selector),
  'sessionAffinity': words('ClientIP', 'None'),
  'sessionAffinityConfig.clientIP.timeoutSeconds': within(1, 86400),
  'internalTrafficPolicy|externalTrafficPolicy': words('Cluster', 'Local'),
  'ipFamilyPolicy': words('SingleStack', 'PreferDualStack', 'RequireDualStack'),
  'ipFamilies.*': words('IPv4', 'IPv6'),
  'trafficDistribution': words('PreferClose', 'PreferSameZone', 'PreferSameNode'),
  'clusterIP': form(value => ['', 'None'].includes(value) || isIP(value) !== 0, 'None or an IP address is wanted'),
  'externalIPs.*': ip,
  'loadBalancerSourceRanges.*': cidr,
  'loadBalancerClass': qualifiedName,
  'externalName': form(value => value === '' || isObjectName(value.replace(/\.$/, '')), 'a name in DNS is wanted, in small letters, without scheme and port'),
  'ports': nodePortProblems,
  'ports.*.name': labelName,
  'ports.*.port': port,
  'ports.*.targetPort': target => target === 0 || target === '' ? undefined : portOrName(target),
  'ports.*.nodePort': nodePort,
  'ports.*.protocol': words('TCP', 'UDP', 'SCTP'),
  'ports.*.appProtocol': qualifiedName,
};

/** Fields that are for Services of other types. */
function typeProblems(spec: Json): Problem[] {
  const type = spec.type ?? 'ClusterIP';
  const found: Problem[] = [];
  const isHeadless = spec.clusterIP === 'None';
  if (isHeadless && ['NodePort', 'LoadBalancer'].includes(type)) found.push([['clusterIP'], `is None, and type ${type}: an address is needed there`]);
  if (type === 'ExternalName' && isSet(spec.clusterIP)) found.push([['clusterIP'], 'may not stand beside type ExternalName, which is a name in DNS only']);
  if (type === 'ClusterIP') {
    asObjects(spec.ports).forEach(({ nodePort: number }, i) => {
      if (typeof number === 'number' && number !== 0) found.push([['ports', i, 'nodePort'], 'is not taken by type ClusterIP: NodePort and LoadBalancer have one']);
    });
    if (isSet(spec.externalTrafficPolicy) && asList(spec.externalIPs).length === 0) found.push([['externalTrafficPolicy'], 'is not taken by type ClusterIP: NodePort and LoadBalancer have one']);
  }
  if (type !== 'LoadBalancer') {
    const field = ['loadBalancerSourceRanges', 'loadBalancerClass', 'allocateLoadBalancerNodePorts'].find(name => isSet(spec[name]));
    if (field !== undefined) found.push([[field], `is not taken by type ${type}: it is for LoadBalancer`]);
  }
  if (spec.clusterIP !== 'None' && type !== 'ExternalName' && isSet(spec.selector) && !isSet(spec.ports)) found.push([[], 'has no ports, which only a headless Service may be without']);
  if (type === 'ExternalName' && !isSet(spec.externalName)) found.push([[], 'has no externalName, which type ExternalName needs']);
  if (spec.ipFamilyPolicy === 'SingleStack' && asList(spec.ipFamilies).length > 1) found.push([['ipFamilyPolicy'], 'is SingleStack, and ipFamilies are two: PreferDualStack or RequireDualStack is wanted']);
  return found;
}

function isSet(value: Json): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function nodePortProblems(ports: Json): Problem[] {
  const keys = asObjects(ports).map(({ nodePort: number, protocol = 'TCP' }) => typeof number === 'number' && number !== 0 ? `${number}/${protocol}` : '');
  return keys.flatMap((key, i): Problem[] => key !== '' && keys.indexOf(key) < i ? [[[i, 'nodePort'], `is ${key}, as of another port`]] : []);
}
