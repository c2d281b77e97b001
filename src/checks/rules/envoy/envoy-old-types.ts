import { Json, Path } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyOldTypes: Rule = {
  id: 'ENVOY-OLD-TYPES',
  level: Level.ERROR,
  title: 'an Envoy configuration is of the API v2',
  why: 'Envoy knows the types of v3 only since 1.18: it refuses the configuration',
  fix: 'write the type as it is called in v3, such as envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
  source: 'envoy: API v2 removal in 1.18',
  check: (system, report) => {
    const filters = system.all('EnvoyFilter').map(manifest => ({ manifest, path: ['spec'] as Path, value: manifest.spec as Json }));
    const envoys = system.envoys.map(manifest => ({ manifest, path: [] as Path, value: manifest.value as Json }));
    for (const { manifest, path, value } of [...envoys, ...filters]) {
      for (const place of manifest.text.includes('V2') ? oldTransports(value, path) : []) report.at(manifest, place, 'transport_api_version V2 is gone', 'write transport_api_version: V3');
      for (const [place, type] of typesIn(value, path)) {
        if (/\/envoy\.(api\.v2|[\w.]+\.v2(alpha\d?)?)\./.test(type)) report.at(manifest, place, `type ${type.replace(/^.*\//, '')} is of API v2`);
      }
    }
  },
};

/** Where the protocol is asked for that Envoy had before. */
function oldTransports(value: Json, path: Path): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => oldTransports(item, [...path, i]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key): Path[] => key === 'transport_api_version' && value[key] === 'V2' ? [[...path, key]] : oldTransports(value[key], [...path, key]));
}

/** Where types are named. */
function typesIn(value: Json, path: Path): [Path, string][] {
  if (Array.isArray(value)) return value.flatMap((item, i) => typesIn(item, [...path, i]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key): [Path, string][] =>
    key === '@type' && typeof value[key] === 'string' ? [[[...path, key], value[key]]] : typesIn(value[key], [...path, key]));
}
