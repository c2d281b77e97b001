import { asObjects, asText } from '../../../model/manifest';
import { opaContainers } from '../../../model/opa';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaNoConfig: Rule = {
  id: 'OPA-NO-CONFIG',
  level: Level.ERROR,
  title: 'OPA mounts a configuration that is not there',
  why: 'the pod stays in ContainerCreating',
  fix: 'add the ConfigMap, with plugins.envoy_ext_authz_grpc',
  source: 'opa-envoy-plugin README',
  check: (system, report) => {
    for (const { workload, container } of opaContainers(system)) {
      for (const mount of asObjects(container.value.volumeMounts)) {
        const name = asText(workload.volume(asText(mount.name))?.configMap?.name);
        const near = system.all('ConfigMap').some(map => map.namespace === workload.namespace);
        if (name !== '' && near && !system.find('ConfigMap', workload.namespace, name) && workload.volume(asText(mount.name))?.configMap.optional !== true) report.at(workload.manifest, workload.at('spec', 'volumes'), `there is no ConfigMap ${name} in ${workload.namespace}`);
      }
    }
  },
};
