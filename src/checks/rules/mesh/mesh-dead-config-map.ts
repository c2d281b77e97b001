import { asObject, asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshDeadConfigMap: Rule = {
  id: 'MESH-DEAD-CONFIG-MAP',
  level: Level.WARNING,
  title: 'a ConfigMap holds settings that nobody reads',
  why: 'istiod takes its settings from its environment, proxies from the mesh configuration',
  fix: 'put them into values.pilot.env, or delete the ConfigMap',
  source: 'istio pilot/pkg/features',
  check: (system, report) => {
    for (const map of system.all('ConfigMap')) {
      const key = Object.keys(asObject(map.value.data)).find(name => /^[ \t]*(- name:\s*)?["']?PILOT_[A-Z_]+["']?\s*[:=]/m.test(`${name}: \n${asText(map.value.data[name])}`) || /^PILOT_/.test(name));
      // istioctl and the charts leave the values they were given behind
      if (key === undefined || ['istio', 'istio-sidecar-injector', 'values'].includes(map.name)) continue;
      if (!namesInPods(system).has(map.name)) report.at(map, ['data', key], `nothing mounts ${map.name}`);
    }
  },
};

/** Every text in containers, and the ConfigMaps that pods mount. */
const namesInPods = once((system: System): Set<string> => new Set(system.workloads.flatMap(workload => [
  ...[...JSON.stringify(asObjects(workload.pod.containers)).matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(match => match[1]),
  ...workload.volumes.map(volume => volume.configMap?.name),
])));
