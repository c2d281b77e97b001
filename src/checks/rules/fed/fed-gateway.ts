import { selectsLabels } from '../../../model/kubernetes/selector';
import { isInside } from '../../../model/kubernetes/service';
import { Manifest, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { NETWORK_LABEL, passThroughs } from '../../../model/mesh/east-west';
import { CROSS_NETWORK_PORT } from '../../../model/mesh/remote-hosts';
import { workloadsWith } from '../../../model/mesh/selection';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedGateway: Rule = {
  id: 'FED-GATEWAY',
  level: Level.ERROR,
  title: 'the gateway for other clusters does not pass mutual TLS through, or nobody reaches it',
  why: 'istiod sends the callers of other networks to it: every call from another cluster fails',
  fix: 'give its Gateway a server on port 15443 with tls.mode AUTO_PASSTHROUGH, and its Service that port',
  source: 'istio samples/multicluster; pilot/pkg/serviceregistry/kube/controller/network.go',
  check: (system, report) => {
    const servers = passThroughs(system);
    for (const { gateway, path, port, protocol, workloads, services } of servers) {
      // MESH-GATEWAY-SERVER tells of protocols with which istiod refuses the Gateway
      if (!/^(TLS|HTTPS|TCP|MONGO|REDIS|MYSQL)$/i.test(protocol)) report.at(gateway, [...path, 'port', 'protocol'], `protocol is ${protocol || 'not set'}, TLS can be passed through only where it is TLS`, 'set protocol: TLS');
      if (workloads.length > 0 && services.length === 0 && !Number.isNaN(port)) report.at(gateway, path, `no Service leads to port ${port} of its proxies`);
    }
    for (const gateway of system.all('Gateway').filter(({ group }) => group === 'networking.istio.io')) {
      asObjects(gateway.spec.servers).forEach((server, i) => {
        const { mode } = asObject(server.tls);
        const isForClusters = asObject(server.port).number === CROSS_NETWORK_PORT && asTexts(server.hosts).some(host => /^(.*\/)?\*\.local$/.test(host));
        if (isForClusters && mode !== 'AUTO_PASSTHROUGH') report.at(gateway, ['spec', 'servers', i, 'tls'], `mode is ${asText(mode) || 'not set'}, only AUTO_PASSTHROUGH leads to the services of the cluster`);
      });
    }
    const areSeen = system.all('Gateway').some(({ group }) => group === 'networking.istio.io');
    for (const service of system.all('Service').filter(one => one.labels[NETWORK_LABEL] !== undefined && !isOfIstiod(one))) {
      const pods = workloadsWith(system, service.namespace, service.spec.selector);
      const isLed = servers.some(({ gateway }) => pods.some(({ labels }) => selectsLabels(gateway.spec.selector, labels)));
      const ports = asObjects(service.spec.ports).map(({ port }) => Number(port));
      const wanted = Number(service.labels[PORT_LABEL] ?? CROSS_NETWORK_PORT) || CROSS_NETWORK_PORT;
      if (!ports.includes(wanted) && !ports.includes(HBONE_PORT)) report.at(service, ['spec', 'ports'], `the Service is the gateway of network "${asText(service.labels[NETWORK_LABEL])}", and has no port ${wanted}`);
      else if (isInside(service) && system.meshes.every(({ values }) => asObject(values.value.global).meshNetworks === undefined)) report.at(service, ['spec', 'type'], `the Service is of type ClusterIP: istiod finds no address of network "${asText(service.labels[NETWORK_LABEL])}"`, 'use type LoadBalancer');
      else if (!isLed && areSeen && ports.includes(wanted)) report.at(service, ['spec', 'selector'], 'no Gateway of its proxies has a server with tls.mode AUTO_PASSTHROUGH');
    }
  },
};

/** The label that gives the gateway of a network another port. */
const PORT_LABEL = 'networking.istio.io/gatewayPort';

/** The port of gateways between ambient clusters, which need no Gateway with AUTO_PASSTHROUGH. */
const HBONE_PORT = 15008;

/** Whether istiod made a Service, of a waypoint too, which has the label of its network and is no gateway for others. */
function isOfIstiod({ labels }: Manifest): boolean {
  return labels['gateway.istio.io/managed'] !== undefined;
}
