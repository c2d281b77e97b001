import { servicesOf } from '../../../model/kubernetes/service';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireProxyProtocol: Rule = {
  id: 'SPIRE-PROXY-PROTOCOL',
  level: Level.ERROR,
  title: 'a load balancer speaks the PROXY protocol to a server that does not expect it',
  why: 'the first bytes of each connection are no TLS: no agent reaches the server',
  fix: 'set proxy_protocol_trusted_cidrs to the addresses of the load balancer, or remove the annotation',
  source: 'doc/spire_server.md proxy_protocol_trusted_cidrs',
  check: (system, report) => {
    for (const { workload, config } of system.servers) {
      if (!workload || !config || config.server.has('proxy_protocol_trusted_cidrs')) continue;
      for (const service of servicesOf(system, workload)) {
        const name = Object.keys(service.annotations).find(key => isOn(key, service.annotations[key]));
        if (name !== undefined) report.at(service, ['metadata', 'annotations', name], `${name} is set, and the server has no proxy_protocol_trusted_cidrs`);
      }
    }
  },
};

/** Whether an annotation switches the protocol on, as the controllers of several clouds call it. */
function isOn(name: string, value: string): boolean {
  if (/target-group-attributes$/.test(name)) return /proxy_protocol_v2\.enabled=true/.test(value);
  return /proxy-?protocol(-v2)?$/i.test(name) && ['*', 'true', 'v1', 'v2'].includes(value);
}
