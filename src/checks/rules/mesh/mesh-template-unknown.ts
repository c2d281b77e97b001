import { isFilledIn } from '../../../model/filled-in';
import { argoSources } from '../../../model/helm';
import { Manifest, Path, asObject, asText } from '../../../model/manifest';
import { TEMPLATES_ANNOTATION, templatesOf } from '../../../model/mesh/injection';
import { BUILT_IN_TEMPLATES, injectionTemplates } from '../../../model/mesh/templates';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTemplateUnknown: Rule = {
  id: 'MESH-TEMPLATE-UNKNOWN',
  level: Level.ERROR,
  title: 'a pod asks for an injection template that is not there',
  why: 'the injector refuses the pod',
  fix: 'define the template in sidecarInjectorWebhook.templates, or correct the name',
  source: 'observed: istioctl kube-inject of the 1.31 line',
  check: (system, report) => {
    const meshes = system.meshes.filter(mesh => mesh.form !== 'ConfigMap');
    const known = new Set([...BUILT_IN_TEMPLATES, ...injectionTemplates(system).map(([name]) => name)]);
    for (const workload of meshes.length + system.injectors.length > 0 ? system.workloads : []) {
      for (const name of templatesOf(workload)) {
        if (!known.has(name)) report.at(workload.manifest, workload.at('metadata', 'annotations', TEMPLATES_ANNOTATION), `template "${name}" is not defined`);
      }
    }
    for (const { manifest, path, names } of meshes.length > 0 ? gatewayReleases(system) : []) {
      for (const name of names) if (!known.has(name)) report.at(manifest, path, `template "${name}" is not defined`);
    }
    for (const mesh of meshes) {
      const names: unknown = mesh.values.value.sidecarInjectorWebhook?.defaultTemplates;
      for (const name of Array.isArray(names) ? names.map(String) : []) {
        if (!known.has(name)) report.at(mesh.manifest, [...mesh.values.path, 'sidecarInjectorWebhook', 'defaultTemplates'], `template "${name}" is not defined`);
      }
    }
  },
};

/** The templates that releases of Istio's chart gateway ask for. */
function gatewayReleases(system: System): { manifest: Manifest; path: Path; names: string[] }[] {
  const flux = system.all('HelmRelease').filter(({ spec }) => asObject(asObject(spec.chart).spec).chart === 'gateway').map(manifest => ({ manifest, path: ['spec', 'values'] as Path }));
  const argo = system.all('Application').flatMap(manifest => argoSources(manifest).map(path => ({ manifest, path: [...path, 'helm', 'valuesObject'] })))
    .filter(({ manifest, path }) => asObject(valueAt(manifest, path.slice(0, -2))).chart === 'gateway');
  return [...flux, ...argo].map(({ manifest, path }) => {
    const place = [...path, 'podAnnotations', TEMPLATES_ANNOTATION];
    const names = asText(valueAt(manifest, place)).split(',').map(name => name.trim()).filter(name => name !== '' && !isFilledIn(name));
    return { manifest, path: place, names };
  });
}

function valueAt({ value }: Manifest, path: Path): unknown {
  return path.reduce((inner: unknown, step) => asObject(inner)[step] ?? (Array.isArray(inner) ? inner[Number(step)] : undefined), value);
}
