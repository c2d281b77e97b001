import { isFilledIn } from '../../../model/filled-in';
import { Json, Manifest, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';
import { isSlip } from '../../schemas/slip';

export const opsNetworkPeer: Rule = {
  id: 'OPS-NETWORK-PEER',
  level: Level.ERROR,
  title: 'a NetworkPolicy names a peer that cannot be',
  why: 'an address without a prefix length is refused; a namespace has no label name by itself, and none has a misspelt one, so nobody is let through',
  fix: 'write addresses as 10.0.0.1/32, and select namespaces by kubernetes.io/metadata.name',
  source: 'Kubernetes: NetworkPolicy, automatic namespace labels',
  check: (system, report) => {
    const labelled = new Set(system.all('Namespace').map(({ labels }) => labels.name));
    const lacksName = (namespace: string): boolean => system.labelsOf(namespace) !== undefined && !labelled.has(namespace);
    for (const policy of system.all('NetworkPolicy').filter(({ group }) => group === 'networking.k8s.io')) {
      for (const [direction, side] of [['ingress', 'from'], ['egress', 'to']]) {
        asObjects(policy.spec[direction]).forEach((rule, i) => asObjects(rule[side]).forEach((peer, j) => {
          tell(lacksName, name => system.labelsOf(name) !== undefined, report, policy, ['spec', direction, i, side, j], peer);
        }));
      }
    }
  },
};

/** Where clusters have their DNS server, and the label it has, whatever program it is. */
const [SYSTEM, DNS] = ['kube-system', 'kube-dns'];

function tell(lacksName: (namespace: string) => boolean, isThere: (namespace: string) => boolean, report: Report, policy: Manifest, path: (string | number)[], peer: Json): void {
  const block = asObject(peer.ipBlock);
  for (const cidr of [...asTexts([block.cidr]), ...asTexts(block.except)].filter(text => text !== '')) {
    if (!/\/\d+$/.test(cidr) && !isFilledIn(cidr)) report.at(policy, [...path, 'ipBlock'], `"${cidr}" has no prefix length`);
  }
  const wanted = asText(asObject(asObject(peer.namespaceSelector).matchLabels)['kubernetes.io/metadata.name']);
  if (wanted !== SYSTEM && isSlip(wanted, SYSTEM) && !isThere(wanted)) report.at(policy, [...path, 'namespaceSelector'], `there is no namespace ${wanted}; there is ${SYSTEM}`);
  const app = asText(asObject(asObject(peer.podSelector).matchLabels)['k8s-app']);
  if (app !== DNS && isSlip(app, DNS)) report.at(policy, [...path, 'podSelector'], `no pod has the label k8s-app: ${app}; those of the DNS server have ${DNS}`);
  const name = asText(asObject(asObject(peer.namespaceSelector).matchLabels).name);
  if (name !== '' && lacksName(name)) report.at(policy, [...path, 'namespaceSelector'], `namespace ${name} has no label name`);
}
