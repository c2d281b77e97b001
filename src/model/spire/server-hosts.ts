import { selectsLabels } from '../kubernetes/selector';
import { asObject, asText } from '../manifest';
import { fullName } from '../mesh/hosts';
import { once } from '../once';
import { System } from '../system';

/** The names under which the Services of the SPIRE servers of the input are reached. */
const serverHosts = once((system: System): ReadonlySet<string> => {
  const servers = system.servers.flatMap(({ workload }) => workload ?? []);
  const services = system.all('Service').filter(({ group, namespace, spec }) => group === '' && Object.keys(asObject(spec.selector)).length > 0
    && servers.some(server => server.namespace === namespace && selectsLabels(spec.selector, server.labels)));
  return new Set(services.map(({ namespace, name }) => `${name}.${namespace}.svc`));
});

/** Whether a host, or an address with a port, is that of a SPIRE server or agent. */
export function isSpireHost(system: System, address: unknown): boolean {
  const host = asText(address).replace(/:\d+$/, '');
  const full = fullName(host, '');
  return /spire-(server|agent)/.test(host) || serverHosts(system).has(full) || serverHosts(system).has(`${full}.svc`);
}
