import { Manifest, asTexts } from '../../../model/manifest';
import { fullName } from '../../../model/mesh/hosts';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTwoVirtualServices: Rule = {
  id: 'MESH-TWO-VIRTUAL-SERVICES',
  level: Level.WARNING,
  title: 'two VirtualServices are for one host',
  why: 'only one of them has an effect, and which one is not defined',
  fix: 'put the routes into one VirtualService',
  source: 'istioctl analyze IST0109',
  check: (system, report) => {
    const seen = new Map<string, Manifest>();
    for (const service of system.all('VirtualService')) {
      const gateways = asTexts(service.spec.gateways);
      // At a gateway several are merged.
      if (gateways.length > 0 && !gateways.includes('mesh')) continue;
      asTexts(service.spec.hosts).forEach((host, i) => {
        // another namespace may have one of its own, which it does not export
        const key = `${service.namespace}/${fullName(host, service.namespace)}`;
        const other = seen.get(key);
        // Files with the same name are variants of one object, of which one is applied.
        if (other !== undefined && other.name !== service.name) report.at(service, ['spec', 'hosts', i], `host ${host} has the VirtualService ${other.name} already`);
        else seen.set(key, service);
      });
    }
  },
};
