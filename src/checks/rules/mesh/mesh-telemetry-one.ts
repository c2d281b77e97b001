import { asObject, asRecord } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTelemetryOne: Rule = {
  id: 'MESH-TELEMETRY-ONE',
  level: Level.ERROR,
  title: 'several Telemetries are for the same pods of one namespace',
  why: 'istiod takes the oldest and drops the others',
  fix: 'put metrics, accessLogging and tracing into one Telemetry, or give selectors of different pods',
  source: 'istio pilot/pkg/model/telemetry.go; istioctl analyze IST0159, IST0160',
  check: (system, report) => {
    const first = new Map<string, string>();
    for (const telemetry of system.all('Telemetry')) {
      if (telemetry.spec.targetRef !== undefined || telemetry.spec.targetRefs !== undefined) continue;
      const labels = Object.entries(asRecord(asObject(telemetry.spec.selector).matchLabels)).map(([key, value]) => `${key}: ${value}`).sort().join(', ');
      const key = `${telemetry.namespace}/${labels}`;
      const other = first.get(key);
      const place = labels === '' ? `namespace ${telemetry.namespace}` : `${labels} in namespace ${telemetry.namespace}`;
      if (other === undefined) first.set(key, telemetry.name);
      else report.at(telemetry, ['metadata', 'name'], `${place} has the Telemetry ${other} already`);
    }
  },
};
