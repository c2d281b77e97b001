import { Level } from '../../finding';
import { Rule } from '../../rule';
import { schemaFaults } from '../../schema-faults';

export const meshTelemetryField: Rule = {
  id: 'MESH-TELEMETRY-FIELD',
  level: Level.ERROR,
  title: 'a Telemetry has a field that does not exist',
  why: 'the API server refuses it; where it is dropped, an empty entry remains and does nothing',
  fix: 'formats belong into meshConfig.extensionProviders',
  source: 'istio Telemetry CRD; observed: istioctl, kube-apiserver 1.37',
  check: (system, report) => {
    for (const { manifest, kind, path, message } of schemaFaults(system)) {
      if (manifest.kind === 'Telemetry' && kind === 'unknown field') report.at(manifest, path, message);
    }
  },
};
