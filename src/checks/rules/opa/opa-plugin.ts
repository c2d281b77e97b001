import { asObject, asText, asTexts } from '../../../model/manifest';
import { opaConfigs, opaContainers, pluginOf } from '../../../model/opa';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaPlugin: Rule = {
  id: 'OPA-PLUGIN',
  level: Level.ERROR,
  title: 'OPA\'s Envoy plugin has a key that it does not know',
  why: 'an unknown key is refused or ignored, and path and query exclude each other',
  fix: 'use addr, path, dry-run, enable-reflection, proto-descriptor, skip-request-body-parse and enable-performance-metrics',
  source: 'opa-envoy-plugin internal/internal.go',
  check: (system, report) => {
    for (const config of opaConfigs(system)) {
      const plugin = asObject(pluginOf(config));
      for (const key of Object.keys(plugin).filter(name => !KEYS.includes(name))) report.at(config, ['plugins', 'envoy_ext_authz_grpc', key], `the plugin has no key ${key}`);
      if (asText(plugin.query) !== '' && asText(plugin.path) !== '') report.at(config, ['plugins', 'envoy_ext_authz_grpc', 'query'], 'query and path exclude each other, and query is deprecated', 'remove query');
    }
    for (const { workload, container } of opaContainers(system)) {
      const given = asTexts(container.value.args).map(arg => /^(?:--set=)?plugins\.envoy_ext_authz_grpc\.([\w-]+)=/.exec(arg)?.[1]);
      given.forEach((key, i) => {
        if (key !== undefined && !KEYS.includes(key)) report.at(workload.manifest, [...container.path, 'args', i], `the plugin has no key ${key}`);
      });
      const query = given.indexOf('query');
      if (query >= 0 && given.includes('path')) report.at(workload.manifest, [...container.path, 'args', query], 'query and path exclude each other, and query is deprecated', 'remove query');
    }
  },
};

const KEYS = ['addr', 'path', 'query', 'dry-run', 'enable-reflection', 'proto-descriptor', 'grpc-max-recv-msg-size', 'grpc-max-send-msg-size', 'skip-request-body-parse',
  'enable-performance-metrics', 'grpc-request-duration-seconds-buckets'];
