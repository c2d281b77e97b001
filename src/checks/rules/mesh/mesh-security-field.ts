import { Json, Manifest, Path, asObject, asObjects, asRecord, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshSecurityField: Rule = {
  id: 'MESH-SECURITY-FIELD',
  level: Level.ERROR,
  title: 'a policy of Istio has a field or value that does not exist',
  why: 'the API server refuses it, or drops the field: what is left guards less or lets nobody in',
  fix: 'use the field as the CRD has it',
  source: 'istio manifests/charts/base/files/crd-all.gen.yaml',
  check: (system, report) => {
    for (const kind of Object.keys(FIELDS)) {
      for (const policy of system.all(kind).filter(one => one.group === 'security.istio.io')) {
        for (const { path, value, fields } of parts(policy)) {
          for (const name of Object.keys(value).filter(key => !fields.includes(key))) report.at(policy, [...path, name], `there is no field ${name} here: ${fields.join(', ')}`);
        }
        for (const [path, mode] of modes(policy)) {
          if (!MODES.includes(mode)) report.at(policy, path, `mode "${mode}" is none of ${MODES.join(', ')}`);
        }
      }
    }
  },
};

const TARGETS = ['selector', 'targetRef', 'targetRefs'];
const FIELDS: Record<string, string[]> = {
  AuthorizationPolicy: [...TARGETS, 'action', 'provider', 'rules'],
  PeerAuthentication: ['selector', 'mtls', 'portLevelMtls'],
  RequestAuthentication: [...TARGETS, 'jwtRules'],
};
const WITH_NOT = (...names: string[]): string[] => names.flatMap(name => [name, `not${name[0].toUpperCase()}${name.slice(1)}`]);
const SOURCE = WITH_NOT('principals', 'requestPrincipals', 'namespaces', 'serviceAccounts', 'ipBlocks', 'remoteIpBlocks', 'trustDomains');
const OPERATION = WITH_NOT('hosts', 'ports', 'methods', 'paths');
const JWT_RULE = ['issuer', 'audiences', 'jwksUri', 'jwks_uri', 'jwks', 'fromHeaders', 'fromParams', 'fromCookies', 'outputPayloadToHeader', 'forwardOriginalToken',
  'outputClaimToHeaders', 'timeout', 'spaceDelimitedClaims', 'presence'];
const MODES = ['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT'];

interface Fields {
  readonly path: Path;
  readonly value: Json;
  readonly fields: string[];
}

function parts(policy: Manifest): Fields[] {
  const { spec } = policy;
  const found: Fields[] = [{ path: ['spec'], value: spec, fields: FIELDS[policy.kind] },
    { path: ['spec', 'selector'], value: asObject(spec.selector), fields: ['matchLabels'] }];
  asObjects(spec.jwtRules).forEach((value, i) => found.push({ path: ['spec', 'jwtRules', i], value, fields: JWT_RULE }));
  asObjects(spec.rules).forEach((rule, i) => {
    const path: Path = ['spec', 'rules', i];
    found.push({ path, value: rule, fields: ['from', 'to', 'when'] });
    asObjects(rule.from).forEach((value, j) => found.push({ path: [...path, 'from', j], value, fields: ['source'] },
      { path: [...path, 'from', j, 'source'], value: asObject(value.source), fields: SOURCE }));
    asObjects(rule.to).forEach((value, j) => found.push({ path: [...path, 'to', j], value, fields: ['operation'] },
      { path: [...path, 'to', j, 'operation'], value: asObject(value.operation), fields: OPERATION }));
    asObjects(rule.when).forEach((value, j) => found.push({ path: [...path, 'when', j], value, fields: ['key', 'values', 'notValues'] }));
  });
  return found;
}

function modes({ kind, spec }: Manifest): [Path, string][] {
  if (kind !== 'PeerAuthentication') return [];
  const ports = Object.keys(asRecord(spec.portLevelMtls)).map((port): [Path, Json] => [['spec', 'portLevelMtls', port, 'mode'], asObject(asObject(spec.portLevelMtls)[port]).mode]);
  const all: [Path, Json][] = [[['spec', 'mtls', 'mode'], asObject(spec.mtls).mode], ...ports];
  return all.filter(([, mode]) => mode !== undefined && mode !== null).map(([path, mode]) => [path, asText(mode)]);
}
