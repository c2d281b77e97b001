import { hasOtherPolicies, ingressPolicies, opensToAnybody } from '../../../model/kubernetes/network-policy';
import { Oidc } from '../../../model/spire/discovery';
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
    for (const provider of system.oidcProviders) {
      const { workload } = provider;
      const port = portOf(provider);
      const policies = workload && port !== undefined && workload.pod.hostNetwork !== true ? ingressPolicies(system, workload) : [];
      if (policies.length > 0 && !policies.some(policy => opensToAnybody(policy, workload!, port!))) {
        report.at(policies[0], ['spec', 'ingress'], `no policy lets anybody reach port ${port} of ${workload!.namespace}/${workload!.name}`);
      }
    }
  },
};

/** Where a provider listens by itself; behind a socket something beside it does. */
function portOf({ config }: Oidc): number | undefined {
  const file = config?.file;
  if (!file || file.text('listen_socket_path') !== '') return undefined;
  const cert = file.block('serving_cert_file');
  const address = cert ? cert.text('addr') || ':443' : file.has('acme') ? ':443' : file.text('insecure_addr');
  const port = /:(\d+)$/.exec(address)?.[1];
  return port === undefined ? undefined : Number(port);
}
