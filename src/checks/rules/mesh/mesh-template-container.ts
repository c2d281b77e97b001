import { asObject, asObjects } from '../../../model/manifest';
import { templatesOf } from '../../../model/mesh/injection';
import { injectionTemplates } from '../../../model/mesh/templates';
import { readManifests } from '../../../model/reader';
import { Text } from '../../../model/text';
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
    const used = system.workloads.map(templatesOf);
    const ofGateways = new Set(used.filter(names => names.includes('gateway')).flat());
    const ofSidecars = new Set(used.filter(names => names.includes('sidecar')).flat());
    for (const [name, template] of injectionTemplates(system)) {
      const isForGateways = ofGateways.has(name) || /gateway/.test(name);
      const place = isForGateways ? initLine(template) : 0;
      if (place > 0) report.in(template, place, `template ${name} of gateways names istio-proxy among the init containers`, 'name it under containers: the proxy of a gateway is never an init container');
      if (isForGateways && !ofSidecars.has(name) || place > 0) continue;
      if (/\.NativeSidecars/.test(template.text) || !/^[ \t]*(-\s*)?name:\s*["']?istio-proxy/m.test(template.text)) continue;
      const line = template.text.split('\n').findIndex(text => /name:\s*["']?istio-proxy/.test(text)) + 1;
      const both = /^[ \t]*containers:/m.test(template.text) && /^[ \t]*initContainers:/m.test(template.text) && (template.text.match(/name:\s*["']?istio-proxy/g) ?? []).length > 1;
      if (!both) report.in(template, line, `template ${name} names istio-proxy in one list`);
    }
  },
};

/** The line of istio-proxy among the init containers of a template that has it nowhere else; 0 where there is none. */
function initLine({ file, text }: Text): number {
  if (text.includes('{{') || !text.includes('initContainers')) return 0;
  const [manifest] = readManifests(file, text).manifests;
  const { containers, initContainers } = asObject(manifest?.value?.spec);
  const place = asObjects(initContainers).findIndex(({ name, image }) => name === 'istio-proxy' && image === undefined);
  return place < 0 || asObjects(containers).some(({ name }) => name === 'istio-proxy') ? 0 : manifest.lineOf(['spec', 'initContainers', place]);
}
