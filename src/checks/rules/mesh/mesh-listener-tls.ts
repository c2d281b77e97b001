import { GATEWAY_API } from '../../../model/kubernetes/gateway-api';
import { asList, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshListenerTls: Rule = {
  id: 'MESH-LISTENER-TLS',
  level: Level.ERROR,
  title: 'a listener of a Gateway ends TLS without a certificate',
  why: 'the API server refuses it, or the listener is never programmed: nobody is served',
  fix: 'name a Secret in tls.certificateRefs, or use protocol: TLS with tls.mode: Passthrough',
  source: 'Gateway API, ListenerTLSConfig and its x-kubernetes-validations',
  check: (system, report) => {
    for (const gateway of system.all('Gateway').filter(({ group }) => group === GATEWAY_API)) {
      asObjects(gateway.spec.listeners).forEach((listener, i) => {
        const tls = asObject(listener.tls);
        const path = ['spec', 'listeners', i, ...listener.tls === undefined ? [] : ['tls']];
        const isPassing = asText(tls.mode) === 'Passthrough';
        if (asText(listener.protocol) === 'HTTPS' && isPassing) report.at(gateway, [...path, 'mode'], 'mode Passthrough with protocol HTTPS: nothing of HTTP is seen of what passes', 'write protocol: TLS, and a TLSRoute');
        const isEnding = ['HTTPS', 'TLS'].includes(asText(listener.protocol)) && !isPassing;
        const has = asList(tls.certificateRefs).length > 0 || Object.keys(asObject(tls.options)).length > 0;
        // load balancers of clouds find certificates in other ways
        const isWanted = listener.tls !== undefined || /^istio/.test(asText(gateway.spec.gatewayClassName));
        if (isEnding && !has && isWanted) report.at(gateway, path, `listener ${asText(listener.name)} has no certificateRefs`);
      });
    }
  },
};
