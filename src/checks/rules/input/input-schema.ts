import { Manifest, Path, asObjects, asText, asTexts } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { Fault, faultsOf, specType } from '../../schemas';

export const inputSchema: Rule = {
  id: 'INPUT-SCHEMA',
  level: Level.ERROR,
  title: 'a custom resource has a field or value that its definition does not have',
  why: 'the API server refuses it, or, where validation is off, drops the field in silence',
  fix: 'write the field as the CustomResourceDefinition has it',
  source: 'CustomResourceDefinitions of Istio, Cilium, Linkerd, cert-manager, Prometheus operator, Grafana operator, vault-config-operator',
  check: (system, report) => {
    const patches = patchFiles(system);
    for (const manifest of system.manifests) {
      const type = specType(manifest.apiVersion, manifest.kind);
      if (!type || manifest.value.spec === undefined) continue;
      const isPatch = patches.size > 0 && [...patches].some(patch => manifest.file.endsWith(patch));
      for (const fault of faultsOf(type, manifest.value.spec, ['spec'])) {
        if (isPatch && fault.kind === 'missing field' || isToldElsewhere(manifest, fault)) continue;
        report.at(manifest, fault.path, fault.message);
      }
    }
  },
};

/** Kinds whose fields have a rule that knows what a wrong one leads to. */
const OWN_RULES = ['security.istio.io/AuthorizationPolicy', 'security.istio.io/PeerAuthentication', 'security.istio.io/RequestAuthentication'];

function isToldElsewhere(manifest: Manifest, { path, kind }: Fault): boolean {
  const key = `${manifest.group}/${manifest.kind}`;
  if (OWN_RULES.includes(key)) return kind === 'unknown field' || isWord(path);
  return manifest.kind === 'Telemetry' && kind === 'unknown field' && path.length > 2 || LINKERD_TOLD.includes(`${manifest.kind}.${path[1]}`);
}

function isWord(path: Path): boolean {
  return ['action', 'mode'].includes(asText(path[path.length - 1]));
}

const LINKERD_TOLD = ['ExternalWorkload.meshTls'];

/** The files that kustomize merges into others: they need not be whole. */
function patchFiles(system: System): Set<string> {
  const names = system.all('Kustomization').flatMap(({ value }) => [...asObjects(value.patches).map(({ path }) => asText(path)), ...asTexts(value.patchesStrategicMerge)]);
  return new Set(names.filter(name => name !== '').map(name => name.replace(/^(\.{1,2}\/)+/, '')));
}
