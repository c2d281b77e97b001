import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAutoMtls: Rule = {
  id: 'MESH-AUTO-MTLS',
  level: Level.WARNING,
  title: 'sidecars do not use mutual TLS by themselves',
  why: 'with enableAutoMtls: false a caller sends plaintext, without an identity, to every host whose DestinationRule does not say ISTIO_MUTUAL; STRICT servers reset the call',
  fix: 'remove enableAutoMtls, or write a DestinationRule for *.local with mode ISTIO_MUTUAL',
  source: 'istio MeshConfig.enableAutoMtls',
  check: (system, report) => {
    const isForAll = system.all('DestinationRule').some(({ spec }) => asText(spec.host).startsWith('*') && asObject(asObject(spec.trafficPolicy).tls).mode === 'ISTIO_MUTUAL');
    for (const { manifest, config } of isForAll ? [] : system.meshes) {
      if (config.value.enableAutoMtls === false) report.at(manifest, [...config.path, 'enableAutoMtls'], 'enableAutoMtls is false');
    }
  },
};
