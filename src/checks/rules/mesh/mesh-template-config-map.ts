import { injectionTemplates } from '../../../model/mesh/templates';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTemplateConfigMap: Rule = {
  id: 'MESH-TEMPLATE-CONFIG-MAP',
  level: Level.WARNING,
  title: 'an injection template mounts a ConfigMap into every pod',
  why: 'the ConfigMap must be in every namespace of the mesh, or pods do not start; proxies take the bundle over SDS',
  fix: 'remove the volume',
  source: 'istio pkg/istio-agent/agent.go',
  check: (system, report) => {
    for (const [name, template] of injectionTemplates(system)) {
      if (!/spire|spiffe/.test(`${name} ${template.text}`)) continue;
      template.text.split('\n').forEach((line, i) => /^\s*(-\s*)?configMap:/.test(line) && report.in(template, i + 1, `template ${name} mounts a ConfigMap`));
    }
  },
};
