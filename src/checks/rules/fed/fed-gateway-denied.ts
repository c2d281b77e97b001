import { Selecting } from '../../../model/kubernetes/labelled';
import { selectsLabels } from '../../../model/kubernetes/selector';
import { Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, asObject, asObjects, asRecord, asText, asTexts } from '../../../model/manifest';
import { passThroughs } from '../../../model/mesh/east-west';
import { authorizationPolicies } from '../../../model/mesh/policy';
import { hasTarget, rootNamespaces } from '../../../model/mesh/selection';
import { onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedGatewayDenied: Rule = {
  id: 'FED-GATEWAY-DENIED',
  level: Level.ERROR,
  title: 'an AuthorizationPolicy keeps all callers from the gateway for other clusters',
  why: 'the gateway passes TLS through and sees no identity and no request: where a policy denies by default, only a rule by port or address lets anybody in',
  fix: 'add an AuthorizationPolicy for the gateway with action ALLOW and rules: [{to: [{operation: {ports: ["15443"]}}]}]',
  source: 'istio pilot/pkg/security/authz/model',
  check: (system, report) => {
    for (const { port, workloads } of passThroughs(system)) {
      for (const workload of workloads) {
        const allowing = policiesFor(system, workload);
        if (allowing.length > 0 && !allowing.some(policy => asObjects(policy.spec.rules).some(rule => isOpen(rule, port)))) {
          report.at(allowing[0], ['spec'], `no rule lets anybody reach port ${port} of ${workload.namespace}/${workload.name}`);
        }
      }
    }
  },
};

function policiesFor(system: System, { namespace, labels }: Workload): Manifest[] {
  return [...new Set([namespace, ...rootNamespaces(system)])].flatMap(place => allowing(system, place).of(labels));
}

const allowing = onceIn((system: System, namespace: string) => new Selecting(
  authorizationPolicies(system).filter(policy => policy.namespace === namespace && (policy.spec.action ?? 'ALLOW') === 'ALLOW' && !hasTarget(policy)),
  policy => asRecord(asObject(policy.spec.selector).matchLabels),
  (policy, labels) => selectsLabels(asObject(policy.spec.selector).matchLabels, labels)));

/** Whether a rule can match a connection of which only addresses and ports are known. */
function isOpen(rule: Json, port: number): boolean {
  const [sources, operations] = [asObjects(rule.from), asObjects(rule.to)];
  const isAnybody = sources.length === 0 || sources.some(from => !IDENTITIES.some(field => asTexts(asObject(from.source)[field]).length > 0));
  const isPort = operations.length === 0 || operations.some(to => {
    const operation = asObject(to.operation);
    const isRequest = REQUESTS.some(field => asTexts(operation[field]).length > 0);
    return !isRequest && (operation.ports === undefined || asTexts(operation.ports).includes(String(port)));
  });
  return isAnybody && isPort && !asObjects(rule.when).some(condition => /^(request\.|source\.(principal|namespace|serviceAccount))/.test(asText(condition.key)));
}

const IDENTITIES = ['principals', 'namespaces', 'serviceAccounts', 'trustDomains', 'requestPrincipals'];
const REQUESTS = ['methods', 'paths', 'hosts'];
