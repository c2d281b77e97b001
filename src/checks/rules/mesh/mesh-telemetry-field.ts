import { asObjects } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTelemetryField: Rule = {
  id: 'MESH-TELEMETRY-FIELD',
  level: Level.ERROR,
  title: 'a Telemetry has a field that does not exist',
  why: 'the API server refuses it; where it is dropped, an empty entry remains and does nothing',
  fix: 'formats belong into meshConfig.extensionProviders',
  source: 'istio Telemetry CRD; observed: istioctl, kube-apiserver 1.37',
  check: (system, report) => {
    for (const telemetry of system.all('Telemetry')) {
      for (const [kind, fields] of Object.entries(FIELDS)) {
        asObjects(telemetry.spec[kind]).forEach((entry, i) => {
          for (const field of Object.keys(entry)) {
            if (!fields.includes(field)) report.at(telemetry, ['spec', kind, i, field], `${kind} has no field ${field}`);
          }
        });
      }
    }
  },
};

const FIELDS: Record<string, string[]> = {
  metrics: ['providers', 'overrides', 'reportingInterval'],
  accessLogging: ['match', 'providers', 'disabled', 'filter'],
  tracing: ['match', 'providers', 'randomSamplingPercentage', 'disableSpanReporting', 'customTags', 'useRequestIdForTraceSampling', 'enableIstioTags'],
};
