import { Json, Manifest, Path, asList, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedFailover: Rule = {
  id: 'FED-FAILOVER',
  level: Level.WARNING,
  title: 'a service is to fail over to another region and never does',
  why: 'istiod gives regions an order only where it is told when a host is unhealthy; without that calls fail while another region could answer',
  fix: 'add trafficPolicy.outlierDetection to the DestinationRule',
  source: 'istio docs, locality failover; pilot/pkg/networking/core/loadbalancer',
  check: (system, report) => {
    const isDetected = system.meshes.some(({ config }) => asObject(config.value.defaultTrafficPolicy).outlierDetection !== undefined);
    for (const rule of system.all('DestinationRule').filter(({ group }) => group === 'networking.istio.io')) {
      for (const { path, policy, outlierDetection } of policiesOf(rule)) {
        const setting = asObject(asObject(policy.loadBalancer).localityLbSetting);
        const at = (message: string): void => report.at(rule, [...path, 'loadBalancer', 'localityLbSetting'], message);
        if (asList(setting.failover).length + asList(setting.failoverPriority).length === 0) continue;
        if (setting.enabled === false) at(`${asText(rule.spec.host)} has failover, and enabled: false`);
        else if (outlierDetection === undefined && !isDetected) at(`${asText(rule.spec.host)} has failover and no outlierDetection`);
      }
    }
  },
};

interface Policy {
  readonly path: Path;
  readonly policy: Json;
  readonly outlierDetection: unknown;
}

/** The traffic policies of a rule; what a subset or port does not say is that of the whole. */
function policiesOf(rule: Manifest): Policy[] {
  const whole = asObject(rule.spec.trafficPolicy);
  const of = (path: Path, value: unknown): Policy => {
    const policy = asObject(value);
    return { path, policy, outlierDetection: policy.outlierDetection ?? whole.outlierDetection };
  };
  return [
    of(['spec', 'trafficPolicy'], whole),
    ...asObjects(whole.portLevelSettings).map((settings, i) => of(['spec', 'trafficPolicy', 'portLevelSettings', i], settings)),
    ...asObjects(rule.spec.subsets).map((subset, i) => of(['spec', 'subsets', i, 'trafficPolicy'], subset.trafficPolicy)),
  ];
}
