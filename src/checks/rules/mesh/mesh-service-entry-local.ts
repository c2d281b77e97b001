import { asObject, asObjects, asRecord, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshServiceEntryLocal: Rule = {
  id: 'MESH-SERVICE-ENTRY-LOCAL',
  level: Level.ERROR,
  title: 'a ServiceEntry for a remote service points into the own cluster',
  why: 'the name resolves to the local service, or to nothing; MESH_EXTERNAL means no mTLS either',
  fix: 'give the address of the remote east-west gateway, port 15443, and location MESH_INTERNAL',
  source: 'istio samples/multicluster',
  check: (system, report) => {
    for (const entry of system.all('ServiceEntry')) {
      asObjects(entry.spec.endpoints).forEach((endpoint, i) => {
        const address = asText(endpoint.address);
        const remote = asText(endpoint.network) !== '' || Object.keys(asRecord(asObject(endpoint).labels)).includes('cluster');
        if (remote && /\.svc(\.cluster\.local)?$/.test(address)) report.at(entry, ['spec', 'endpoints', i, 'address'], `endpoint ${address} is a name of the own cluster`);
      });
    }
  },
};
