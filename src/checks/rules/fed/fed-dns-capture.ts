import { asObject, asText } from '../../../model/manifest';
import { remoteHosts } from '../../../model/mesh/remote-hosts';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedDnsCapture: Rule = {
  id: 'FED-DNS-CAPTURE',
  level: Level.WARNING,
  title: 'a host of another cluster has a name that no DNS server knows',
  why: 'the caller cannot resolve it, unless its proxy answers DNS',
  fix: 'set meshConfig.defaultConfig.proxyMetadata.ISTIO_META_DNS_CAPTURE to "true"',
  source: 'istio docs, DNS proxying',
  check: (system, report) => {
    const captures = system.meshes.some(({ config }) => asText(asObject(asObject(config.value.defaultConfig).proxyMetadata).ISTIO_META_DNS_CAPTURE) === 'true');
    if (captures || system.meshes.length === 0) return;
    for (const { entry, host } of remoteHosts(system)) {
      if (/\.(internal|local|global)$/.test(host)) report.at(entry, ['spec', 'hosts'], `${host} is resolved by nobody`);
    }
  },
};
