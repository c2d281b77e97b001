import { isFilledIn } from '../../../model/filled-in';
import { asObject, asText, asTexts } from '../../../model/manifest';
import { gatewayCharts } from '../../../model/mesh/gateway-charts';
import { TEMPLATES_ANNOTATION, templatesOf } from '../../../model/mesh/injection';
import { BUILT_IN_TEMPLATES, injectionTemplates } from '../../../model/mesh/templates';
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
    for (const chart of meshes.length + system.injectors.length > 0 ? gatewayCharts(system) : []) {
      for (const name of namesIn(asText(asObject(chart.value.podAnnotations)[TEMPLATES_ANNOTATION]))) {
        if (!known.has(name)) report.at(chart, ['podAnnotations', TEMPLATES_ANNOTATION], `template "${name}" is not defined`);
      }
    }
    for (const mesh of meshes) {
      const names: unknown = mesh.values.value.sidecarInjectorWebhook?.defaultTemplates;
      asTexts(names).forEach((name, i) => {
        if (!known.has(name)) report.at(mesh.manifest, [...mesh.values.path, 'sidecarInjectorWebhook', 'defaultTemplates', i], `template "${name}" is not defined`);
      });
    }
  },
};

function namesIn(text: string): string[] {
  return text.split(',').map(name => name.trim()).filter(name => name !== '' && !isFilledIn(name));
}
