import { Manifest, Path } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshLogOperator: Rule = {
  id: 'MESH-LOG-OPERATOR',
  level: Level.ERROR,
  title: 'an access log or a tag of traces has an operator that Envoy does not know',
  why: 'Envoy refuses the whole listener, or does not start',
  fix: 'use %DOWNSTREAM_PEER_URI_SAN%, %DOWNSTREAM_LOCAL_URI_SAN%, %UPSTREAM_PEER_URI_SAN%, %DOWNSTREAM_TLS_VERSION%',
  source: 'observed: Envoy 1.40',
  check: (system, report) => {
    for (const mesh of system.meshes) {
      const providers: unknown = mesh.config.value.extensionProviders;
      walk(providers, [...mesh.config.path, 'extensionProviders'], (path, text) => tell(mesh.manifest, path, text));
      walk(mesh.config.value.accessLogFormat, [...mesh.config.path, 'accessLogFormat'], (path, text) => tell(mesh.manifest, path, text));
    }
    for (const telemetry of system.all('Telemetry')) {
      walk(telemetry.spec.accessLogging, ['spec', 'accessLogging'], (path, text) => tell(telemetry, path, text));
      walk(telemetry.spec.tracing, ['spec', 'tracing'], (path, text) => path.includes('formatter') && tell(telemetry, path, text));
    }
    for (const envoy of system.envoys) walk(envoy.value, [], (path, text) => /format|access_log/.test(path.join('.')) && tell(envoy, path, text));

    function tell(manifest: Manifest, path: Path, text: string): void {
      for (const name of new Set([...text.matchAll(/%([A-Z_]+)(?:\([^%]*\))?(?::\d+)?%/g)].map(match => match[1]))) {
        if (UNKNOWN.test(name)) report.at(manifest, path, `%${name}% is no operator of Envoy`);
      }
    }
  },
};

/** What tutorials make up; a list of all that exist would be out of date with every release of Envoy. */
const UNKNOWN = /^(SOURCE|DESTINATION)_(PRINCIPAL|APP|VERSION|SERVICE|SERVICE_NAME|NAMESPACE|WORKLOAD|SPIFFE_ID)$|^CONNECTION_MTLS$|^DOWNSTREAM_TLS_SUBJECT$|SPIFFE|^MTLS/;

function walk(value: unknown, path: Path, visit: (path: Path, text: string) => void): void {
  if (typeof value === 'string') visit(path, value);
  else if (Array.isArray(value)) value.forEach((item, i) => walk(item, [...path, i], visit));
  else if (typeof value === 'object' && value !== null) Object.entries(value).forEach(([key, item]) => walk(item, [...path, key], visit));
}
