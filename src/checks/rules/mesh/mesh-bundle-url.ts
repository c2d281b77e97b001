import { asObjects, asText } from '../../../model/manifest';
import { Mesh } from '../../../model/mesh/mesh';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshBundleUrl: Rule = {
  id: 'MESH-BUNDLE-URL',
  level: Level.INFO,
  title: 'istiod does not get the bundle of a spiffeBundleUrl',
  why: 'it fetches only with ISTIO_MULTIROOT_MESH, and with the authorities of the Web: not from endpoints of profile https_spiffe; proxies with SPIRE\'s socket take bundles from SPIRE anyway',
  fix: 'leave spiffeBundleUrl out, trustDomains is what lets the peers in',
  source: 'istio pkg/spiffe/spiffe.go, RetrieveSpiffeBundleRootCerts; pilot/pkg/trustbundle',
  check: (system, report) => {
    const spiffe = new Set(federatedTrustDomains(system).filter(({ spec }) => spec.bundleEndpointProfile?.type === 'https_spiffe').map(({ spec }) => trimmed(asText(spec.bundleEndpointURL))));
    for (const mesh of system.meshes) {
      asObjects(mesh.config.value.caCertificates).forEach(({ spiffeBundleUrl }, i) => {
        const url = trimmed(asText(spiffeBundleUrl));
        const path = [...mesh.config.path, 'caCertificates', i, 'spiffeBundleUrl'];
        if (url === '') return;
        if (spiffe.has(url)) report.at(mesh.manifest, path, `${url} is an endpoint of profile https_spiffe, whose certificate istiod does not verify`);
        else if (isOneRoot(mesh)) report.at(mesh.manifest, path, 'istiod fetches no bundle: ISTIO_MULTIROOT_MESH is not "true"');
      });
    }
  },
};

function trimmed(url: string): string {
  return url.replace(/\/$/, '');
}

/** Whether istiod takes no other roots; a ConfigMap does not tell the variables of istiod. */
function isOneRoot({ form, env }: Mesh): boolean {
  return form !== 'ConfigMap' && !env.some(({ name, value }) => name === 'ISTIO_MULTIROOT_MESH' && value !== 'false');
}
