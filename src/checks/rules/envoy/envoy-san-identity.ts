import { collect } from '../../../model/collect';
import { clustersOf, agentSecrets, typed, usersOf, validationOf } from '../../../model/envoy';
import { addressesOf } from '../../../model/envoy-ports';
import { Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, asObject, asText } from '../../../model/manifest';
import { serviceOf } from '../../../model/mesh/hosts';
import { workloadsWith } from '../../../model/mesh/selection';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoySanIdentity: Rule = {
  id: 'ENVOY-SAN-IDENTITY',
  level: Level.ERROR,
  title: 'an Envoy expects an identity that nobody behind the called Service has',
  why: 'the caller compares the certificate with the list and nothing else: every connection fails',
  fix: 'write the SPIFFE ID into match_typed_subject_alt_names that the Envoy of the called pod shows',
  source: 'envoy match_typed_subject_alt_names; tls_certificate_sds_secret_configs',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const cluster of clustersOf(envoy)) {
        for (const tls of typed(cluster, 'UpstreamTlsContext')) {
          const matchers = (validationOf(asObject(tls.value.common_tls_context))?.matchers ?? []).map(({ matcher }) => asObject(matcher));
          const shown = matchers.length === 0 || matchers.some(({ exact }) => exact === undefined) ? [] : identitiesBehind(system, cluster.value);
          if (shown.length > 0 && !shown.some(name => matchers.some(({ exact }) => exact === name))) {
            report.at(envoy, [...tls.path, 'common_tls_context'], `${matchers.map(({ exact }) => asText(exact)).join(', ')} is expected, the pods called are ${shown.join(', ')}`);
          }
        }
      }
    }
  },
};

/** The certificates that the Envoys of all pods behind the Service of a cluster ask SPIRE for; none where one is not known. */
function identitiesBehind(system: System, cluster: Json): string[] {
  const [{ address = '' } = {}, ...others] = addressesOf(cluster);
  const service = others.length === 0 && /^[^.]+\.[^.]+\.svc(\.cluster\.local)?$/.test(address) ? serviceOf(system, address, '') : undefined;
  const selector = asObject(service?.spec.selector);
  const workloads = Object.keys(selector).length > 0 ? workloadsWith(system, service!.namespace, selector) : [];
  const shown = workloads.map(workload => (envoysOf(system).get(workload) ?? []).flatMap(certificates));
  return shown.some(names => names.length === 0 || names.some(name => !name.startsWith('spiffe://'))) ? [] : [...new Set(shown.flat())];
}

function certificates(envoy: Manifest): string[] {
  return agentSecrets(envoy).filter(({ kind }) => kind === 'certificate').map(({ name }) => name);
}

/** The Envoys of each workload. */
const envoysOf = once((system: System): ReadonlyMap<Workload, Manifest[]> => {
  const found = new Map<Workload, Manifest[]>();
  for (const envoy of system.envoys) {
    for (const { workload } of usersOf(system, envoy)) collect(found, workload, envoy);
  }
  return found;
});
