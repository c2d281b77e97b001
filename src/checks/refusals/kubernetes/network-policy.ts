import { SELECTOR, all, below, cidr, oneOf, portOrName, within, words } from './forms';
import { Json, asList } from '../../../model/manifest';
import { Judge, Judges, Problem, text } from '../places';

// one without a slash, and a number in quotes, are told by another rule
const range = text(value => value.includes('/') ? cidr(value) as string | undefined : undefined);

const port: Judge = value => /^\d+$/.test(String(value)) && typeof value === 'string' ? undefined : portOrName(value);

const PEER: Judges = {
  '': all(oneOf('ipBlock', 'podSelector'), oneOf('ipBlock', 'namespaceSelector'), emptyProblems),
  ...below('podSelector|namespaceSelector', SELECTOR),
  'ipBlock.cidr': range,
  'ipBlock.except.*': range,
};

export const NETWORK_POLICY: Judges = {
  ...below('podSelector', SELECTOR),
  'policyTypes': types => asList(types).length > 2 ? `has ${asList(types).length} entries: Ingress and Egress are taken, once each` : undefined,
  'policyTypes.*': words('Ingress', 'Egress'),
  ...below('ingress.*.from.*', PEER),
  ...below('egress.*.to.*', PEER),
  ...below('ingress|egress.*.ports.*', { port: port, endPort: within(1, 65535), protocol: words('TCP', 'UDP', 'SCTP') }),
};

function emptyProblems(peer: Json): Problem[] {
  return ['ipBlock', 'podSelector', 'namespaceSelector'].some(name => peer[name] !== undefined) ? []
    : [[[], 'says nobody: podSelector, namespaceSelector or ipBlock is wanted, and {} below one of them for all']];
}
