import { Workload } from '../../../model/kubernetes/workload';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { wantsSpire } from '../../../model/mesh/injection';
import { usesSpire } from '../../../model/mesh/mesh';
import { workloadsEverywhere } from '../../../model/mesh/selection';
import { istioRelease } from '../../../model/mesh/version';
import { onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewayFiles: Rule = {
  id: 'MESH-GATEWAY-FILES',
  level: Level.WARNING,
  title: 'a gateway reads certificates from files beside SPIRE\'s socket',
  why: 'before Istio 1.26 requests for files go to SPIRE, which refuses them all',
  fix: 'use credentialName',
  source: 'istio issue 47481',
  check: (system, report) => {
    const isSafe = system.meshes.length > 0 && system.meshes.every(mesh => (istioRelease(mesh)?.minor ?? 0) >= 26);
    const gateways = system.all('Gateway').filter(({ spec }) => asObjects(spec.servers).some(server => asText(asObject(server.tls).serverCertificate) !== ''));
    for (const gateway of isSafe ? [] : gateways) {
      const isOfSpire = holdsSpire(system, workloadsEverywhere(system, gateway.spec.selector)) || system.meshes.some(usesSpire);
      if (gateway.group !== 'networking.istio.io' || !isOfSpire) continue;
      asObjects(gateway.spec.servers).forEach((server, i) => {
        const file = asText(asObject(server.tls).serverCertificate);
        if (file !== '') report.at(gateway, ['spec', 'servers', i, 'tls', 'serverCertificate'], `serverCertificate ${file}`);
      });
    }
  },
};

/** Whether one of some proxies takes its identity from SPIRE; many gateways select the same ones. */
const holdsSpire = onceIn((system: System, proxies: readonly Workload[]): boolean => proxies.some(proxy => wantsSpire(system, proxy)));
