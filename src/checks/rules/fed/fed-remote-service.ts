import { asObjects } from '../../../model/manifest';
import { passThroughs, passes } from '../../../model/mesh/east-west';
import { serviceOf } from '../../../model/mesh/hosts';
import { remoteHosts } from '../../../model/mesh/remote-hosts';
import { clusterOf } from '../../../model/spire/bundle-endpoint';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedRemoteService: Rule = {
  id: 'FED-REMOTE-SERVICE',
  level: Level.ERROR,
  title: 'a service of another cluster is not there, or its gateway does not pass calls to it',
  why: 'the gateway knows no such server name: the connection is reset',
  fix: 'name a Service and port of the other cluster, and add its host to the AUTO_PASSTHROUGH server there',
  source: 'istio pilot/pkg/networking/core/gateway.go, builtAutoPassthroughFilterChains',
  check: (system, report) => {
    for (const { entry, rule, path, serverName: name, identities } of remoteHosts(system)) {
      const domain = /^spiffe:\/\/([^/]+)\//.exec(identities[0] ?? '')?.[1];
      const other = domain === undefined ? undefined : clusterOf(system, domain);
      if (!name || !other) continue;
      const at = (message: string): void => report.at(rule ?? entry, rule ? [...path, 'sni'] : ['spec', 'hosts'], message);
      const service = serviceOf(other, name.host, '');
      if (!service) at(`the gateway of "${domain}" is asked for ${name.host}, which is no Service there`);
      else if (!asObjects(service.spec.ports).some(port => port.port === name.port)) at(`Service ${service.namespace}/${service.name} of "${domain}" has no port ${name.port}`);
      else if (!passThroughs(other).some(server => passes(server, name.host))) at(`no Gateway of "${domain}" passes calls for ${name.host}`);
    }
  },
};
