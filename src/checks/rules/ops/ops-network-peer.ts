import { isFilledIn } from '../../../model/filled-in';
import { wantedLabels } from '../../../model/kubernetes/selector';
import { Json, Manifest, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';
import { isSlip } from '../../schemas/slip';

export const opsNetworkPeer: Rule = {
  id: 'OPS-NETWORK-PEER',
  level: Level.ERROR,
  title: 'a NetworkPolicy names a peer or a port that cannot be',
  why: 'an address without a prefix length is refused, and a number in quotes; a namespace has no label name by itself, and none has a misspelt one, so nobody is let through',
  fix: 'write addresses as 10.0.0.1/32, and select namespaces by kubernetes.io/metadata.name',
  source: 'Kubernetes: NetworkPolicy, automatic namespace labels',
  check: (system, report) => {
    const labelled = new Set(system.all('Namespace').map(({ labels }) => labels.name));
    const isThere = (namespace: string): boolean => system.labelsOf(namespace) !== undefined;
    const lacksName = (namespace: string): boolean => isThere(namespace) && !labelled.has(namespace);
    for (const policy of system.all('NetworkPolicy').filter(({ group }) => group === 'networking.k8s.io')) {
      for (const [direction, side] of [['ingress', 'from'], ['egress', 'to']]) {
        asObjects(policy.spec[direction]).forEach((rule, i) => asObjects(rule.ports).forEach(({ port, endPort }, j) => {
          if (typeof endPort === 'number' && (typeof port !== 'number' || endPort < port)) report.at(policy, ['spec', direction, i, 'ports', j, 'endPort'], `endPort ${endPort} is no end of port ${asText(port) || 'none'}`, 'write a number that is not below port');
          if (typeof port === 'string' && /^[\d-]+$/.test(port)) report.at(policy, ['spec', direction, i, 'ports', j, 'port'], `port "${port}" is a text without a letter, which is no name`, 'write the number without quotes');
        }));
        asObjects(policy.spec[direction]).forEach((rule, i) => asObjects(rule[side]).forEach((peer, j) => {
          tell(lacksName, report, policy, ['spec', direction, i, side, j], peer);
          const misspelt = misspeltDns(isThere, peer);
          if (misspelt) report.at(policy, ['spec', direction, i, side, j], misspelt);
        }));
      }
    }
  },
};

function tell(lacksName: (namespace: string) => boolean, report: Report, policy: Manifest, path: (string | number)[], peer: Json): void {
  const block = asObject(peer.ipBlock);
  for (const cidr of [...asTexts([block.cidr]), ...asTexts(block.except)].filter(text => text !== '')) {
    if (!/\/\d+$/.test(cidr) && !isFilledIn(cidr)) report.at(policy, [...path, 'ipBlock'], `"${cidr}" has no prefix length`);
  }
  for (const except of asTexts(block.except)) {
    if (isOutside(except, asText(block.cidr))) report.at(policy, [...path, 'ipBlock', 'except'], `"${except}" is not inside of "${asText(block.cidr)}"`, 'take away a part of cidr');
  }
  const name = wantedLabels(peer.namespaceSelector).name ?? '';
  if (name !== '' && lacksName(name)) report.at(policy, [...path, 'namespaceSelector'], `namespace ${name} has no label name`);
}

/** Whether a range of IPv4 is not a part of another one. */
function isOutside(part: string, whole: string): boolean {
  const [inner, outer] = [part, whole].map(range => /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(range)?.slice(1).map(Number));
  if (!inner || !outer) return false;
  const start = ([a, b, c, d]: number[]): number => ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - outer[4]);
  return inner[4] <= outer[4] || Math.floor(start(inner) / size) !== Math.floor(start(outer) / size);
}

/** Where clusters have their DNS server, and the label it has, whatever program it is. */
const [SYSTEM, DNS] = ['kube-system', 'kube-dns'];

function misspeltDns(isThere: (namespace: string) => boolean, peer: Json): string | undefined {
  const [namespaces, pods] = [peer.namespaceSelector, peer.podSelector].map(wantedLabels);
  const [name, app] = [asText(namespaces['kubernetes.io/metadata.name']), asText(pods['k8s-app'])];
  if (name !== SYSTEM && isSlip(name, SYSTEM) && !isThere(name)) return `there is no namespace ${name}; there is ${SYSTEM}`;
  return app !== DNS && isSlip(app, DNS) ? `no pod has the label k8s-app: ${app}; those of the DNS server have ${DNS}` : undefined;
}
