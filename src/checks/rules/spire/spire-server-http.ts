import { collect } from '../../../model/collect';
import { servicesOf, targetOf } from '../../../model/kubernetes/service';
import { Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireServerHttp: Rule = {
  id: 'SPIRE-SERVER-HTTP',
  level: Level.ERROR,
  title: 'an HTTP proxy ends the TLS between agents and the server',
  why: 'agents take no certificate but the server\'s own SVID, and the server has to see theirs: no agent attests or renews',
  fix: 'pass TCP through: a Service of type LoadBalancer, a TLS passthrough, or a TCPRoute or TLSRoute',
  source: 'doc/scaling_spire.md; doc/spire_server.md',
  check: (system, report) => {
    for (const { workload, config } of system.servers) {
      if (!workload) continue;
      const bindPort = config?.server.int('bind_port') ?? 8081;
      for (const service of servicesOf(system, workload)) {
        for (const { by, path, port } of backends(system).get(`${service.namespace}/${service.name}`) ?? []) {
          const found = asObjects(service.spec.ports).find(one => port === undefined || String(one.port) === port || asText(one.name) === port);
          if (!found || targetOf(found, workload) !== bindPort) continue;
          report.at(by, path, `${by.kind} ${by.name} ends TLS before port ${bindPort} of ${workload.namespace}/${workload.name}`);
        }
      }
    }
  },
};

/** A reference to a port of a Service from an object that ends TLS. */
interface Backend {
  readonly by: Manifest;
  readonly path: Path;
  readonly port?: string;
}

/** What ends TLS before a Service, by its namespace and name. */
const backends = once((system: System): Map<string, Backend[]> => {
  const found = new Map<string, Backend[]>();
  for (const ingress of system.all('Ingress')) {
    if (ingress.group !== 'networking.k8s.io' || /passthrough/i.test(JSON.stringify(ingress.annotations))) continue;
    const add = (backend: unknown, path: Path): void => {
      const { name, port } = asObject(asObject(backend).service);
      const { number, name: portName } = asObject(port);
      collect(found, `${ingress.namespace}/${asText(name)}`, { by: ingress, path, port: String(number ?? portName) });
    };
    add(ingress.spec.defaultBackend, ['spec', 'defaultBackend']);
    asObjects(ingress.spec.rules).forEach((rule, i) => asObjects(asObject(rule.http).paths).forEach(({ backend }, j) =>
      add(backend, ['spec', 'rules', i, 'http', 'paths', j, 'backend'])));
  }
  for (const route of [...system.all('HTTPRoute'), ...system.all('GRPCRoute')].filter(one => !isOfMesh(one))) {
    asObjects(route.spec.rules).forEach((rule, i) => asObjects(rule.backendRefs).forEach(({ kind, namespace, name, port }, j) => {
      if (kind !== undefined && kind !== 'Service') return;
      const key = `${asText(namespace) || route.namespace}/${asText(name)}`;
      collect(found, key, { by: route, path: ['spec', 'rules', i, 'backendRefs', j], port: port === undefined ? undefined : String(port) });
    }));
  }
  return found;
});

/** Whether a route is for callers inside a mesh: what is TLS already passes there. */
function isOfMesh({ spec }: Manifest): boolean {
  return asObjects(spec.parentRefs).every(({ kind }) => kind === 'Service' || kind === 'ServiceEntry');
}
