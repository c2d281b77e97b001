import { asList } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTwoTargets: Rule = {
  id: 'MESH-TWO-TARGETS',
  level: Level.ERROR,
  title: 'an object of Istio says in two ways what it is for',
  why: 'the API server refuses it: selector, targetRef and targetRefs exclude each other',
  fix: 'keep selector for pods, or targetRefs for gateways and waypoints',
  source: 'CustomResourceDefinitions of Istio, x-kubernetes-validations; istio pkg/config/validation',
  check: (system, report) => {
    for (const [kind, group] of Object.entries(KINDS)) {
      for (const object of system.all(kind).filter(one => one.group === group)) {
        const given = ['selector', 'targetRef', 'targetRefs'].filter(name => object.spec[name] !== undefined && object.spec[name] !== null && (name !== 'targetRefs' || asList(object.spec.targetRefs).length > 0));
        if (given.length > 1) report.at(object, ['spec', given[1]], `${given.join(' and ')} exclude each other`);
      }
    }
  },
};

/** MESH-AUTHZ-SHAPE tells of AuthorizationPolicies. */
const KINDS: Record<string, string> = { RequestAuthentication: 'security.istio.io', Telemetry: 'telemetry.istio.io', WasmPlugin: 'extensions.istio.io' };
