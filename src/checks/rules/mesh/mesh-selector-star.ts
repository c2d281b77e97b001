import { isFilledIn } from '../../../model/filled-in';
import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshSelectorStar: Rule = {
  id: 'MESH-SELECTOR-STAR',
  level: Level.ERROR,
  title: 'a selector of Istio has a star in it',
  why: 'labels are compared as they are: istiod refuses the object, "wildcard is not supported in selector"',
  fix: 'give the pods a label of their own, or leave the selector out for all of the namespace',
  source: 'istio pkg/config/validation/validation.go, validateWorkloadSelector',
  check: (system, report) => {
    for (const [kind, field, labels] of KINDS) {
      for (const object of system.all(kind).filter(({ group }) => group.endsWith('istio.io'))) {
        for (const [name, value] of Object.entries(asObject(asObject(object.spec[field])[labels]))) {
          const isStar = `${name}${asText(value)}`.includes('*') && !isFilledIn(name) && !isFilledIn(asText(value));
          if (isStar) report.at(object, ['spec', field, labels, name], `${name}: "${asText(value)}" has a star in it`);
        }
      }
    }
  },
};

const POLICIES = ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication', 'Telemetry', 'WasmPlugin', 'TrafficExtension', 'ProxyConfig'];
const KINDS = [
  ...POLICIES.map(kind => [kind, 'selector', 'matchLabels'] as const),
  ...['Sidecar', 'EnvoyFilter'].map(kind => [kind, 'workloadSelector', 'labels'] as const),
];
