import { servicePorts } from '../../../model/kubernetes/service';
import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, Path, asObject, asObjects, asTexts } from '../../../model/manifest';
import { authorizationPolicies, conditionsOf, operationsOf } from '../../../model/mesh/policy';
import { selectedBeside } from '../../../model/mesh/selection';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzPort: Rule = {
  id: 'MESH-AUTHZ-PORT',
  level: Level.WARNING,
  title: 'a policy names the port of a Service instead of that of the pod',
  why: 'the proxy sees the port that the container listens on: the rule never matches',
  fix: 'write the targetPort',
  source: 'istio AuthorizationPolicy: destination.port; observed: istiod with Envoy 1.40',
  check: (system, report) => {
    for (const policy of [...authorizationPolicies(system), ...system.all('PeerAuthentication').filter(one => one.group === 'security.istio.io')]) {
      const labels = asObject(policy.spec.selector).matchLabels;
      if (Object.keys(asObject(labels)).length === 0) continue;
      const selected = selectedBeside(system, policy);
      for (const { path, port } of portsOf(policy)) {
        const { isClosed, target } = meaningOf(system, selected, Number(port));
        if (isClosed && policy.kind === 'AuthorizationPolicy') {
          report.at(policy, path, `no pod that the policy selects has the port ${port}`, 'write a port that a container or a Service names');
        } else if (target !== undefined) {
          report.at(policy, path, `port ${port} is that of the Service, the pods listen on ${target}`);
        }
      }
    }
  },
};

/** The ports a policy names, and where. */
function portsOf(policy: Manifest): { path: Path; port: string }[] {
  const operations = operationsOf(policy).flatMap(({ path, value }) => asTexts(value.ports).map((port, i) => ({ path: [...path, 'ports', i], port })));
  const conditions = conditionsOf(policy).filter(({ value }) => value.key === 'destination.port')
    .flatMap(({ path, value }) => asTexts(value.values).map((port, i) => ({ path: [...path, 'values', i], port })));
  const modes = Object.keys(asObject(policy.spec.portLevelMtls)).map(port => ({ path: ['spec', 'portLevelMtls', port], port }));
  return [...operations, ...conditions, ...modes];
}

/** What a port of a policy is to the pods that it selects. */
interface Meaning {
  /** Whether none of them knows the port. */
  readonly isClosed: boolean;
  /** The port behind a port of Services, where all pods have one behind it. */
  readonly target?: number;
}

/** Many policies select the same pods. */
function meaningOf(system: System, selected: readonly Workload[], port: number): Meaning {
  const known = meanings(selected);
  let meaning = known.get(port);
  if (!meaning) {
    const isBehind = selected.length > 0 && selected.every(workload => targetOf(system, workload, port) !== undefined);
    meaning = {
      isClosed: selected.length > 0 && selected.every(workload => isUnknown(system, workload, port)),
      target: isBehind ? targetOf(system, selected[0], port) : undefined,
    };
    known.set(port, meaning);
  }
  return meaning;
}

const meanings = once((_: readonly Workload[]) => new Map<number, Meaning>());

/** Whether neither containers, Services, annotations nor probes of a workload with named ports know a port. */
function isUnknown(system: System, workload: Workload, port: number): boolean {
  const ports = servicePorts(system, workload);
  const isOfIstio = port >= 15000 && port < 15100;
  if (isOfIstio || ports.length === 0 || ports.some(({ target, port: own }) => target === undefined || target === port || own === port)) return false;
  const text = JSON.stringify([workload.annotations, workload.containers.map(({ value }) => value)]);
  return !new RegExp(`\\b${port}\\b`).test(text);
}

/** The port of the pod behind a port of a Service, where the pod itself knows nothing of the latter. */
function targetOf(system: System, workload: Workload, port: number): number | undefined {
  const ports = servicePorts(system, workload);
  const own = workload.containers.flatMap(container => asObjects(container.value.ports)).map(one => one.containerPort);
  if (own.includes(port) || ports.some(({ target }) => target === port)) return undefined;
  return ports.find(one => one.port === port)?.target;
}
