import { isFilledIn } from '../../../model/filled-in';
import { Json, Manifest, Path, asObject, asRecord, asText } from '../../../model/manifest';
import { portRefusal } from '../../../model/mesh/refused-values';
import { Level } from '../../finding';
import { Judges, Problem, problemsOf } from '../../refusals/places';
import { Rule } from '../../rule';
import { schemaFaults } from '../../schema-faults';

export const meshSecurityField: Rule = {
  id: 'MESH-SECURITY-FIELD',
  level: Level.ERROR,
  title: 'a policy of Istio has a field or value that does not exist',
  why: 'the API server refuses it, or drops the field: what is left guards less or lets nobody in',
  fix: 'use the field as the CRD has it',
  source: 'istio manifests/charts/base/files/crd-all.gen.yaml',
  check: (system, report) => {
    for (const { manifest, kind, path, message } of schemaFaults(system)) {
      if (manifest.group === 'security.istio.io' && kind === 'unknown field') report.at(manifest, path, message);
    }
    for (const policy of system.all('PeerAuthentication').filter(({ group }) => group === 'security.istio.io')) {
      for (const [path, mode] of modes(policy)) {
        if (!MODES.includes(mode) && !isFilledIn(mode)) report.at(policy, path, `mode "${mode}" is none of ${MODES.join(', ')}`);
      }
      for (const [path, message] of problemsOf(PORTS, policy.spec, ['spec'])) report.at(policy, path, message);
    }
  },
};

const PORTS: Judges = { portLevelMtls: portProblems };

function portProblems(ports: Json): Problem[] {
  const names = Object.keys(asObject(ports));
  const wrong = names.filter(name => portRefusal(name) !== undefined).map((name): Problem => [[name], portRefusal(name)!]);
  return names.length === 0 ? [[[], 'portLevelMtls has no port: remove it, or name one']] : wrong;
}

const MODES = ['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT'];

function modes({ spec }: Manifest): [Path, string][] {
  const ports = Object.keys(asRecord(spec.portLevelMtls)).map((port): [Path, Json] => [['spec', 'portLevelMtls', port, 'mode'], asObject(asObject(spec.portLevelMtls)[port]).mode]);
  const all: [Path, Json][] = [[['spec', 'mtls', 'mode'], asObject(spec.mtls).mode], ...ports];
  return all.filter(([, mode]) => mode !== undefined && mode !== null).map(([path, mode]) => [path, asText(mode)]);
}
