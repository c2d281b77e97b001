import { asText } from '../../../model/manifest';
import { remoteHosts } from '../../../model/mesh/remote-hosts';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedRemoteSni: Rule = {
  id: 'FED-REMOTE-SNI',
  level: Level.ERROR,
  title: 'a gateway of another cluster cannot know which service is meant',
  why: 'it passes TLS through, and finds the service by the server name only: the connection is reset',
  fix: 'set trafficPolicy.tls in the DestinationRule of the host: mode ISTIO_MUTUAL and sni outbound_.<port>_._.<service>.<namespace>.svc.<cluster domain>',
  source: 'istio pilot/pkg/networking/core/gateway.go, builtAutoPassthroughFilterChains',
  check: (system, report) => {
    // where no DestinationRule was given at all, that of the host may stand in another file
    const isApart = system.all('DestinationRule').length === 0;
    for (const { entry, host, rule, tls, path, serverName, endpoints } of remoteHosts(system)) {
      const at = (message: string): void => report.at(rule ?? entry, rule ? path : ['spec'], message);
      const mode = asText(tls.mode);
      if (isApart && entry.spec.location === 'MESH_INTERNAL') continue;
      const isMutual = mode === 'ISTIO_MUTUAL' || (mode === '' && entry.spec.location === 'MESH_INTERNAL' && endpoints.every(endpoint => endpoint.isMutual));
      if (!isMutual) at(`tls.mode of ${host} is ${mode || 'not set'}, a gateway of another cluster passes mutual TLS of Istio only`);
      else if (!serverName) at(`sni of ${host} is "${asText(tls.sni)}", which is no name of a service`);
    }
  },
};
