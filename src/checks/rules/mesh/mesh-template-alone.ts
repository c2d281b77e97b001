import { isFilledIn } from '../../../model/filled-in';
import { TEMPLATES_ANNOTATION, templatesOf } from '../../../model/mesh/injection';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTemplateAlone: Rule = {
  id: 'MESH-TEMPLATE-ALONE',
  level: Level.ERROR,
  title: 'a pod names templates that bring no proxy',
  why: 'the annotation replaces the default templates: a template that only adds a volume leaves the pod without istio-proxy; a name that cannot be one refuses the pod',
  fix: 'name the built-in template too: inject.istio.io/templates: "sidecar,spire", or "gateway,spire"',
  source: 'istio pkg/kube/inject/webhook.go',
  check: (system, report) => {
    for (const workload of system.workloads) {
      const names = templatesOf(workload);
      if (names.length === 0 || names.some(isFilledIn)) continue;
      const path = workload.at('metadata', 'annotations', TEMPLATES_ANNOTATION);
      const wrong = names.find(name => !/^[\w.-]+$/.test(name));
      if (wrong !== undefined) report.at(workload.manifest, path, `"${wrong}" cannot be the name of a template: names stand behind each other with commas`, 'write "sidecar,spire", without brackets and quotes');
      else if (names.every(name => bringsNoProxy(system, name))) report.at(workload.manifest, path, `${names.join(', ')} brings no proxy`);
    }
  },
};

/** Whether a template is known to have no container: it is in the input, and has none. */
function bringsNoProxy(system: System, name: string): boolean {
  const texts = system.meshes.flatMap(({ templates }) => templates.get(name) ?? []);
  return texts.length > 0 && texts.every(({ text }) => !/istio-proxy|containers:/i.test(text));
}
