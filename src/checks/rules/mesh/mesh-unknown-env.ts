import { Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { Mesh } from '../../../model/mesh/mesh';
import { proxyVariables } from '../../../model/mesh/proxy-variables';
import { isOlderThan, istioRelease } from '../../../model/mesh/version';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { PILOT_VARIABLES } from '../../pilot-variables';
import { Rule } from '../../rule';
import { isSlip } from '../../schemas/slip';

export const meshUnknownEnv: Rule = {
  id: 'MESH-UNKNOWN-ENV',
  level: Level.WARNING,
  title: 'istiod or a proxy is given a variable that it does not read',
  why: 'it has no effect, whatever its name promises',
  fix: 'remove it',
  source: 'istio: no such name in the trees of 1.20 to 1.32',
  check: (system, report) => {
    const hasKnown = !isOlderThan(system.meshes, 20);
    const isOther = system.meshes.some(isOtherBuild);
    for (const { manifest, path, name } of istiodVariables(system)) {
      const meant = name === 'TRUST_DOMAIN' ? 'meshConfig.trustDomain' : [...PILOT_VARIABLES].find(known => isSlip(name, known));
      const isUnknown = UNKNOWN.test(name) || hasKnown && name.startsWith('PILOT_') && !PILOT_VARIABLES.has(name) && (meant !== undefined || !isOther);
      if (isUnknown) report.at(manifest, path, `istiod does not read ${name}${meant === undefined ? '' : `: write ${meant}`}`);
    }
    const [isOld, onlyOld, onlyNew] = [isOlderThan(system.meshes, 23), 'USE_EXTERNAL_WORKLOAD_SDS', 'WORKLOAD_IDENTITY_SOCKET_FILE'];
    const unread = new RegExp(`${UNREAD_BY_PROXY.source}|^${isOld ? onlyNew : onlyOld}$`);
    for (const { manifest, path, name } of proxyVariables(system).filter(one => unread.test(one.name))) {
      const hint = name === onlyNew ? ' before Istio 1.23: the socket has to be called socket'
        : name === 'CA_SOCKET' || name === onlyOld || name.startsWith('WORKLOAD_IDENTITY_') ? ': the name of the socket is WORKLOAD_IDENTITY_SOCKET_FILE' : '';
      report.at(manifest, path, `istio-proxy does not read ${name}${hint}`);
    }
  },
};

const UNREAD_BY_PROXY = /^SPIFFE_|^TRUST_BUNDLE_PATH$|^WORKLOAD_API_|^CA_SOCKET$|^WORKLOAD_IDENTITY_(?!SOCKET_FILE$)/;
const UNKNOWN = /^(SPIFFE_.*|TRUST_DOMAIN|JWT_ISSUER|TRUST_BUNDLE_PATH|WORKLOAD_API_.*|PILOT_ENABLE_SPIFFE.*|PILOT_MAX_WORKLOAD_ENTRIES)$/;

/** Whether a mesh is of another build than those of istio.io, or of a later release: they may have variables of their own. */
function isOtherBuild(mesh: Mesh): boolean {
  const { hub, tag } = asObject(mesh.values.value.global);
  const { spec } = mesh.manifest;
  const [from, stated] = mesh.form === 'IstioOperator' ? [spec.hub ?? hub, spec.tag ?? tag] : [hub, tag];
  const isOfIstio = asText(from) === '' || /^((docker\.io\/)?istio|gcr\.io\/istio-(release|testing)|registry\.istio\.io\/\w+)$/.test(asText(from));
  return !isOfIstio || !/^$|^v?1\.\d+(\.\d+)?(-(distroless|debug|(alpha|beta|rc)\.\d+))*$/.test(asText(stated)) || (istioRelease(mesh)?.minor ?? 0) > LATEST;
}

const LATEST = 32;

/** The variables of istiod: in inputs of installers, and in its Deployment. */
function istiodVariables(system: System): { manifest: Manifest; path: Path; name: string }[] {
  const deployed = system.workloads.flatMap(({ manifest, containers }) => containers.filter(({ name, image }) => name === 'discovery' && /(^|\/)pilot(:|@|$)/.test(image))
    .flatMap(({ path, value }) => asObjects(value.env).map((one, i) => ({ manifest, path: [...path, 'env', i], name: asText(one.name) }))));
  return [...system.meshes.flatMap(({ manifest, env }) => env.map(({ name, path }) => ({ manifest, path, name }))), ...deployed];
}
