import { filesOf } from '../../../model/kubernetes/config-files';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { opaContainers } from '../../../model/opa';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaNoPlugin: Rule = {
  id: 'OPA-NO-PLUGIN',
  level: Level.ERROR,
  title: 'OPA does not answer Envoy',
  why: 'without plugins.envoy_ext_authz_grpc, or in an image without the plugin, nothing listens for Envoy: every request is denied, or OPA does not start',
  fix: 'configure plugins.envoy_ext_authz_grpc.addr, and use an image openpolicyagent/opa:<version>-envoy',
  source: 'opa-envoy-plugin README',
  check: (system, report) => {
    for (const { workload, container, args } of opaContainers(system)) {
      const script = args.join(' ');
      const mounted = asObjects(container.value.volumeMounts).map(mount => workload.volume(asText(mount.name))?.configMap)
        .map(source => system.find('ConfigMap', workload.namespace, asText(asObject(source).name))).filter(map => map !== undefined);
      const name = /--config-file[= ](\S+)/.exec(script)?.[1]?.replace(/^.*\//, '');
      const text = mounted.map(map => filesOf(map)[name ?? ''] ?? '').find(found => found !== '');
      const hasPlugin = /envoy_ext_authz_grpc/.test(script) || /envoy_ext_authz_grpc/.test(text ?? '');
      const isEnvoyImage = /envoy|istio/.test(container.image);
      if (hasPlugin && /(^|\/)openpolicyagent\/opa(:|$)/.test(container.image) && !isEnvoyImage) report.at(workload.manifest, [...container.path, 'image'], `${container.image} has no Envoy plugin`);
      if (isEnvoyImage && !hasPlugin && text !== undefined && !/^(discovery|bundles):/m.test(text)) report.at(workload.manifest, [...container.path, 'args'], `${name} configures no plugin`);
    }
  },
};
