import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshOldApi: Rule = {
  id: 'MESH-OLD-API',
  level: Level.INFO,
  title: 'an Istio object is of an old API version',
  why: 'it is still served; v1 is preferred and will remain',
  fix: 'write v1',
  source: 'istio crd-all.gen.yaml',
  check: (system, report) => {
    for (const manifest of Object.values(V1).flat().flatMap(kind => system.all(kind))) {
      const old = /^(security|networking|telemetry)\.istio\.io\/(v1alpha\d|v1beta1)$/.exec(manifest.apiVersion);
      if (old && V1[old[1]].includes(manifest.kind)) report.at(manifest, ['apiVersion'], `${manifest.kind} is ${manifest.apiVersion}`, `write ${old[1]}.istio.io/v1`);
    }
  },
};

const V1: Record<string, string[]> = {
  security: ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'],
  networking: ['VirtualService', 'DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar', 'WorkloadEntry', 'WorkloadGroup'],
  telemetry: ['Telemetry'],
};
