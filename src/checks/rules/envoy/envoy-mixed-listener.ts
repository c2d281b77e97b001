import { EnvoyPart, clustersOf, listenersOf, typed } from '../../../model/envoy';
import { asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyMixedListener: Rule = {
  id: 'ENVOY-MIXED-LISTENER',
  level: Level.WARNING,
  title: 'one listener takes TLS in and sends TLS out',
  why: 'what comes in for the local application goes to another server: inbound and outbound are mixed',
  fix: 'make two listeners: mTLS in to 127.0.0.1, and 127.0.0.1 in to mTLS out',
  source: 'spire-tutorials k8s/envoy-x509',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const remote = new Set(clustersOf(envoy).filter(cluster => typed(cluster, 'UpstreamTlsContext').some(hasIdentity)).map(({ value }) => asText(value.name)));
      for (const listener of listenersOf(envoy)) {
        if (!typed(listener, 'DownstreamTlsContext').some(hasIdentity)) continue;
        const targets = [...JSON.stringify(asObjects(listener.value.filter_chains)).matchAll(/"route":\{[^{}]*"cluster":"([^"]+)"/g)].map(match => match[1]);
        if (targets.length > 0 && targets.every(name => remote.has(name))) report.at(envoy, listener.path, `listener ${asText(listener.value.name) || 'without a name'} takes TLS in and sends everything to ${[...new Set(targets)].join(', ')}`);
      }
    }
  },
};

/** Whether TLS is that of an identity, which pods have for what runs in them; gateways to the outside have certificates of their own. */
function hasIdentity({ value }: EnvoyPart): boolean {
  return JSON.stringify(value).includes('sds_secret_config');
}
