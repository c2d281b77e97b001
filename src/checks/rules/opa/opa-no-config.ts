import { asObjects, asText } from '../../../model/manifest';
import { opaContainers } from '../../../model/opa';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaNoConfig: Rule = {
  id: 'OPA-NO-CONFIG',
  level: Level.ERROR,
  title: 'OPA mounts or reads a configuration that is not there',
  why: 'the pod stays in ContainerCreating, or OPA does not start',
  fix: 'mount a ConfigMap with plugins.envoy_ext_authz_grpc where --config-file says',
  source: 'opa-envoy-plugin README',
  check: (system, report) => {
    for (const { workload, container, args } of opaContainers(system)) {
      const file = /--config-file[= ](\/\S+)/.exec(args.join(' '))?.[1];
      const folders = asObjects(container.value.volumeMounts).map(({ mountPath }) => asText(mountPath).replace(/\/$/, ''));
      // an image of one's own may have the file
      const isOfficial = /(^|\/)openpolicyagent\/opa(:|@|$)/.test(container.image);
      if (file !== undefined && isOfficial && !folders.some(folder => file === folder || file.startsWith(`${folder}/`))) report.at(workload.manifest, container.path, `nothing is mounted at ${file}`);
      for (const mount of asObjects(container.value.volumeMounts)) {
        const name = asText(workload.volume(asText(mount.name))?.configMap?.name);
        const near = system.all('ConfigMap').some(map => map.namespace === workload.namespace);
        if (name !== '' && near && !system.find('ConfigMap', workload.namespace, name) && workload.volume(asText(mount.name))?.configMap.optional !== true) report.at(workload.manifest, workload.at('spec', 'volumes'), `there is no ConfigMap ${name} in ${workload.namespace}`);
      }
    }
  },
};
