import { servicePorts } from '../../../model/kubernetes/service';
import { asObject, asObjects, asRecord } from '../../../model/manifest';
import { workloadsEverywhere } from '../../../model/mesh/selection';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewayPort: Rule = {
  id: 'MESH-GATEWAY-PORT',
  level: Level.WARNING,
  title: 'a Gateway opens a port that no Service of its proxies leads to',
  why: 'the proxy listens, and callers only get to the ports of its Service',
  fix: 'write a port of the Service, or add the port to the Service',
  source: 'istioctl analyze IST0162, GatewayPortNotDefinedOnService',
  check: (system, report) => {
    for (const gateway of system.all('Gateway').filter(({ group, spec }) => group === 'networking.istio.io' && Object.keys(asRecord(spec.selector)).length > 0)) {
      const workloads = workloadsEverywhere(system, gateway.spec.selector);
      const ports = workloads.flatMap(workload => servicePorts(system, workload));
      const isBehind = workloads.every(({ pod, containers }) => pod.hostNetwork !== true
        && !containers.some(({ value }) => asObjects(value.ports).some(({ hostPort }) => hostPort !== undefined)));
      if (ports.length === 0 || !isBehind || ports.some(({ target }) => target === undefined)) continue;
      asObjects(gateway.spec.servers).forEach((server, i) => {
        const number = asObject(server.port).number;
        if (typeof number !== 'number' || ports.some(({ port, target }) => port === number || target === number)) return;
        report.at(gateway, ['spec', 'servers', i, 'port', 'number'], `no Service leads to port ${number} of ${workloads[0].name}; there is ${[...new Set(ports.map(({ port }) => port))].join(', ')}`);
      });
    }
  },
};
