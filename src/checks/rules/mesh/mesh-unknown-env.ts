import { asObject } from '../../../model/manifest';
import { proxyVariables } from '../../../model/mesh/proxy-variables';
import { isOlderThan } from '../../../model/mesh/version';
import { chartNameOf } from '../../../model/spire/chart-values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshUnknownEnv: Rule = {
  id: 'MESH-UNKNOWN-ENV',
  level: Level.WARNING,
  title: 'istiod or a proxy is given a variable that it does not read',
  why: 'it has no effect, whatever its name promises',
  fix: 'remove it',
  source: 'istio: no such name in the tree',
  check: (system, report) => {
    for (const mesh of system.meshes) {
      for (const env of mesh.env) {
        if (UNKNOWN.test(env.name)) report.at(mesh.manifest, env.path, `istiod does not read ${env.name}${env.name === 'TRUST_DOMAIN' ? ': write meshConfig.trustDomain' : ''}`);
      }
    }
    for (const { manifest, form, values } of system.meshes) {
      const names = Object.keys(asObject(asObject(values.value.pilot).env));
      if (form !== 'values' || names.length === 0 || chartNameOf(system, manifest) !== 'istiod') continue;
      report.at(manifest, [...values.path, 'pilot', 'env'], `chart istiod does not read pilot.env with ${names.join(', ')}`, 'write it as env at the root of the values');
    }
    const unread = isOlderThan(system.meshes, 23) ? UNREAD_BY_PROXY : new RegExp(`${UNREAD_BY_PROXY.source}|^USE_EXTERNAL_WORKLOAD_SDS$`);
    for (const { manifest, path, name } of proxyVariables(system).filter(one => unread.test(one.name))) {
      const hint = /^CA_SOCKET|^USE_EXTERNAL/.test(name) ? ': the name of the socket is WORKLOAD_IDENTITY_SOCKET_FILE' : '';
      report.at(manifest, path, `istio-proxy does not read ${name}${hint}`);
    }
  },
};

const UNREAD_BY_PROXY = /^SPIFFE_|^TRUST_BUNDLE_PATH$|^WORKLOAD_API_|^CA_SOCKET$/;
const UNKNOWN = /^(SPIFFE_.*|TRUST_DOMAIN|JWT_ISSUER|TRUST_BUNDLE_PATH|WORKLOAD_API_.*|PILOT_ENABLE_SPIFFE.*|PILOT_MAX_WORKLOAD_ENTRIES)$/;
