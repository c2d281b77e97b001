import { injectionTemplates } from '../../../model/mesh/templates';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTemplateContainer: Rule = {
  id: 'MESH-TEMPLATE-CONTAINER',
  level: Level.WARNING,
  title: 'an injection template names istio-proxy in one list of containers only',
  why: 'with native sidecars istio-proxy is an init container: the overlay becomes a second container without an image, and the pod is refused',
  fix: 'give volumes only, the built-in template has the mount already',
  source: 'istio issues 56455, 56438',
  check: (system, report) => {
    for (const [name, template] of injectionTemplates(system)) {
      if (/gateway/.test(name) || /\.NativeSidecars/.test(template.text) || !/^[ \t]*(-\s*)?name:\s*["']?istio-proxy/m.test(template.text)) continue;
      const line = template.text.split('\n').findIndex(text => /name:\s*["']?istio-proxy/.test(text)) + 1;
      const both = /^[ \t]*containers:/m.test(template.text) && /^[ \t]*initContainers:/m.test(template.text) && (template.text.match(/name:\s*["']?istio-proxy/g) ?? []).length > 1;
      if (!both) report.in(template, line, `template ${name} names istio-proxy in one list`);
    }
  },
};
