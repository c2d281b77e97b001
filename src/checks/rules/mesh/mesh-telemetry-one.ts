import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTelemetryOne: Rule = {
  id: 'MESH-TELEMETRY-ONE',
  level: Level.ERROR,
  title: 'several Telemetries without selector are in one namespace',
  why: 'istiod takes the oldest and drops the others',
  fix: 'put metrics, accessLogging and tracing into one Telemetry, or give selectors',
  source: 'istio pilot/pkg/model/telemetry.go; istioctl analyze IST0160',
  check: (system, report) => {
    const first = new Map<string, string>();
    for (const telemetry of system.all('Telemetry')) {
      if (telemetry.spec.selector !== undefined || telemetry.spec.targetRef !== undefined || telemetry.spec.targetRefs !== undefined) continue;
      const other = first.get(telemetry.namespace);
      if (other === undefined) first.set(telemetry.namespace, telemetry.name);
      else report.at(telemetry, ['metadata', 'name'], `namespace ${telemetry.namespace} has the Telemetry ${other} already`);
    }
  },
};
