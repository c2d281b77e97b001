import { hasOtherPolicies, ingressPolicies, opensToAnybody } from '../../../model/kubernetes/network-policy';
import { listenPort } from '../../../model/spire/oidc';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireOidcClosed: Rule = {
  id: 'SPIRE-OIDC-CLOSED',
  level: Level.ERROR,
  title: 'NetworkPolicies close the port at which the keys of JWT-SVIDs are served',
  why: 'no verifier gets the keys: every token is refused as soon as a key changes',
  fix: 'let verifiers, and the gateway in front, reach the port that the provider listens on',
  source: 'Kubernetes NetworkPolicy; support/oidc-discovery-provider/README.md',
  check: (system, report) => {
    if (system.all('NetworkPolicy').length === 0 || hasOtherPolicies(system)) return;
    for (const { config, workload } of system.oidcProviders) {
      const port = config && listenPort(config);
      const policies = workload && port !== undefined && workload.pod.hostNetwork !== true ? ingressPolicies(system, workload) : [];
      if (policies.length > 0 && !policies.some(policy => [port!, HBONE].some(one => opensToAnybody(policy, workload!, one)))) {
        report.at(policies[0], ['spec', 'ingress'], `no policy lets anybody reach port ${port} of ${workload!.namespace}/${workload!.name}`);
      }
    }
  },
};

/** The port by which everything comes to a pod of an ambient mesh. */
const HBONE = 15008;
