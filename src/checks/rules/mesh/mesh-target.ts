import { Level } from '../../finding';
import { problemsOf } from '../../refusals/places';
import { TARGETS, WORKLOADS } from '../../refusals/selectors';
import { Rule } from '../../rule';

export const meshTarget: Rule = {
  id: 'MESH-TARGET',
  level: Level.ERROR,
  title: 'an object of Istio is for something that it cannot be for',
  why: 'the API server or istiod\'s webhook refuses it: selectors take whole labels, targetRefs a few kinds of the own namespace',
  fix: 'write the labels as the pods have them, or name a Gateway, GatewayClass, Service or ServiceEntry',
  source: 'istio pkg/config/validation/validation.go, validateWorkloadSelector, validatePolicyTargetReference',
  check: (system, report) => {
    for (const [kind, group] of Object.entries(KINDS)) {
      for (const object of system.all(kind).filter(one => one.group === group)) {
        const judges = kind === 'Sidecar' || kind === 'EnvoyFilter' ? WORKLOADS : TARGETS;
        for (const [path, message] of problemsOf(judges, object.spec, ['spec'])) report.at(object, path, message);
      }
    }
  },
};

const KINDS: Readonly<Record<string, string>> = {
  AuthorizationPolicy: 'security.istio.io',
  PeerAuthentication: 'security.istio.io',
  RequestAuthentication: 'security.istio.io',
  Sidecar: 'networking.istio.io',
  EnvoyFilter: 'networking.istio.io',
  ProxyConfig: 'networking.istio.io',
  Telemetry: 'telemetry.istio.io',
  WasmPlugin: 'extensions.istio.io',
  TrafficExtension: 'extensions.istio.io',
};
