import { heldChart } from '../../../model/held-chart';
import { heldDocuments } from '../../../model/helm';
import { Manifest, asObject, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const linkerdIssuer: Rule = {
  id: 'LINKERD-ISSUER',
  level: Level.ERROR,
  title: 'Linkerd does not take the certificate of its issuer',
  why: 'the identity service signs with an ECDSA key on P-256 and a certificate of a CA only: it does not start, and no proxy gets an identity',
  fix: 'write isCA: true and privateKey {algorithm: ECDSA, size: 256}, and identity.issuer.scheme: kubernetes.io/tls for the Secret that cert-manager writes',
  source: 'Linkerd: automatically rotating control plane TLS credentials; linkerd2 pkg/issuercerts',
  check: (system, report) => {
    const certificates = system.all('Certificate').filter(({ group, spec }) => group === 'cert-manager.io' && spec.secretName === SECRET);
    for (const certificate of certificates) {
      const { isCA, privateKey } = certificate.spec;
      const { algorithm, size } = asObject(privateKey);
      if (isCA !== true) report.at(certificate, ['spec', ...isCA === undefined ? [] : ['isCA']], 'isCA is not true');
      // cert-manager makes RSA keys where it is told nothing
      if (algorithm !== 'ECDSA') report.at(certificate, ['spec', ...privateKey === undefined ? [] : ['privateKey']], `privateKey.algorithm is ${asText(algorithm) || 'not set, which is RSA'}`);
      else if (size !== undefined && size !== 256) report.at(certificate, ['spec', 'privateKey', 'size'], `privateKey.size is ${asText(size)}`);
    }
    for (const values of certificates.length > 0 ? controlPlanes(system) : []) {
      const { scheme } = asObject(asObject(values.value.identity).issuer);
      if (scheme !== 'kubernetes.io/tls') report.at(values, ['identity', 'issuer', 'scheme'], `identity.issuer.scheme is ${asText(scheme) || 'not set, which is linkerd.io/tls'}: it looks for crt.pem in a Secret that has tls.crt`);
    }
  },
};

const SECRET = 'linkerd-identity-issuer';

/** The values of the chart of the control plane in objects of Flux and Argo CD. */
function controlPlanes(system: System): Manifest[] {
  return ['HelmRelease', 'Application'].flatMap(kind => system.all(kind)).flatMap(heldDocuments).filter(values => heldChart(values)?.name === 'linkerd-control-plane');
}
