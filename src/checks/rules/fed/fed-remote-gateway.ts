import { selectsLabels } from '../../../model/kubernetes/selector';
import { dnsNamesOf } from '../../../model/kubernetes/service';
import { asObject, asText } from '../../../model/manifest';
import { passThroughs } from '../../../model/mesh/east-west';
import { CROSS_NETWORK_PORT, RemoteHost, remoteHosts } from '../../../model/mesh/remote-hosts';
import { clusterOf } from '../../../model/spire/bundle-endpoint';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedRemoteGateway: Rule = {
  id: 'FED-REMOTE-GATEWAY',
  level: Level.ERROR,
  title: 'a host of another cluster is called where no gateway of that cluster listens',
  why: 'no connection comes about',
  fix: 'take address and port from the Service of the east-west gateway of the other cluster, usually port 15443',
  source: 'istio samples/multicluster',
  check: (system, report) => {
    for (const remote of remoteHosts(system)) {
      const problem = addressProblem(system, remote);
      if (problem) report.at(remote.entry, ['spec', 'resolution'], problem, 'set resolution: DNS for a gateway by name, STATIC for one by address, and select its WorkloadEntry');
      const services = (targetOf(system, remote) ? passThroughs(targetOf(system, remote)!) : []).flatMap(server => server.services);
      const ports = services.length > 0 ? services.map(service => service.port) : [CROSS_NETWORK_PORT];
      const names = services.flatMap(({ service }) => dnsNamesOf(service));
      for (const { manifest, path, address, port } of remote.endpoints) {
        if (!ports.includes(port) && !Number.isNaN(port)) report.at(manifest, [...path, 'ports'], `${remote.host} is called on port ${port}, the gateway of the other cluster has ${[...new Set(ports)].join(', ')}`);
        const isName = /[a-z]/i.test(asText(address));
        if (isName && names.length > 0 && !names.includes(address)) report.at(manifest, [...path, 'address'], `${remote.host} is called at ${address}, the gateway of the other cluster is ${[...new Set(names)].join(', ')}`);
      }
    }
  },
};

/** The cluster whose identities have to answer. */
function targetOf(system: System, { identities }: RemoteHost): System | undefined {
  const domain = /^spiffe:\/\/([^/]+)\//.exec(identities[0] ?? '')?.[1];
  return domain === undefined ? undefined : clusterOf(system, domain);
}

/** Why no proxy finds an address for the host; MESH-SERVICE-ENTRY tells of names in the entry itself. */
function addressProblem(system: System, { entry, host, endpoints }: RemoteHost): string | undefined {
  const { resolution, workloadSelector } = entry.spec;
  const selector = asObject(asObject(workloadSelector).labels);
  const isPod = system.workloadsIn(entry.namespace).some(workload => selectsLabels(selector, workload.labels));
  const isWhole = system.clusters.some(one => one.all('WorkloadEntry').length > 0);
  if (workloadSelector !== undefined && endpoints.length === 0 && !isPod && isWhole) return `nothing in namespace ${entry.namespace} has the labels by which ${host} finds its gateway`;
  if (resolution === undefined || resolution === 'NONE') return `resolution of ${host} is ${asText(resolution) || 'not set'}: calls go to the address that the caller has resolved, and to no gateway`;
  const name = resolution === 'STATIC' ? endpoints.find(({ manifest, address }) => manifest !== entry && /[g-z]/i.test(address))?.address : undefined;
  return name && `resolution of ${host} is STATIC, and ${name} is a name`;
}
