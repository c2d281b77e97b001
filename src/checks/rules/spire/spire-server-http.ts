import { collect } from '../../../model/collect';
import { servicesOf, targetOf } from '../../../model/kubernetes/service';
import { Json, Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { servedBundles } from '../../../model/spire/bundle-endpoint';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireServerHttp: Rule = {
  id: 'SPIRE-SERVER-HTTP',
  level: Level.ERROR,
  title: 'an HTTP proxy ends the TLS of a server',
  why: 'agents, and partners with https_spiffe, take no certificate but the server\'s own SVID, and the server has to see that of an agent: no agent attests or renews, no bundle is fetched',
  fix: 'pass TCP through: a Service of type LoadBalancer, a TLS passthrough, or a TCPRoute or TLSRoute',
  source: 'doc/scaling_spire.md; doc/spire_server.md',
  check: (system, report) => {
    const bundles = servedBundles(system);
    for (const { workload, config } of system.servers) {
      if (!workload) continue;
      const bindPort = config?.server.int('bind_port') ?? 8081;
      const endpoint = bundles.find(one => one.server.workload === workload && one.profile === 'https_spiffe');
      for (const service of servicesOf(system, workload)) {
        for (const { by, path, port } of backends(system).get(`${service.namespace}/${service.name}`) ?? []) {
          const found = portOf(asObjects(service.spec.ports), port);
          const target = found && targetOf(found, workload);
          if (target === bindPort) report.at(by, path, `${by.kind} ${by.name} ends TLS before port ${bindPort} of ${workload.namespace}/${workload.name}`);
          else if (endpoint && target === endpoint.port) report.at(by, path, `${by.kind} ${by.name} ends TLS before the bundle endpoint, port ${endpoint.port} of ${workload.namespace}/${workload.name}`, OF_BUNDLE);
        }
      }
    }
  },
};

const OF_BUNDLE = 'pass TLS through, or use the profile https_web, whose certificate may be the proxy\'s';

/** The port of a Service that a reference means: by number or name, else by the port of the pods, as a Route has it. */
function portOf(ports: Json[], wanted: string | undefined): Json | undefined {
  if (wanted === undefined) return ports.length === 1 ? ports[0] : undefined;
  return ports.find(({ port, name }) => String(port) === wanted || name === wanted) ?? ports.find(({ targetPort }) => String(targetPort) === wanted);
}

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
    const backend = (value: unknown, path: Path): void => {
      const { name, port } = asObject(asObject(value).service);
      const { number, name: portName } = asObject(port);
      add(found, ingress, { name, port: number ?? portName }, path);
    };
    backend(ingress.spec.defaultBackend, ['spec', 'defaultBackend']);
    asObjects(ingress.spec.rules).forEach((rule, i) => asObjects(asObject(rule.http).paths).forEach((one, j) =>
      backend(one.backend, ['spec', 'rules', i, 'http', 'paths', j, 'backend'])));
  }
  for (const route of [...system.all('HTTPRoute'), ...system.all('GRPCRoute')].filter(one => !isOfMesh(one))) {
    asObjects(route.spec.rules).forEach((rule, i) => addAll(found, route, rule.backendRefs, ['spec', 'rules', i, 'backendRefs']));
  }
  for (const route of system.all('IngressRoute').filter(({ group }) => /^traefik\./.test(group))) {
    asObjects(route.spec.routes).forEach((rule, i) => addAll(found, route, rule.services, ['spec', 'routes', i, 'services']));
  }
  for (const route of system.all('Route').filter(({ group, spec }) => group === 'route.openshift.io' && asObject(spec.tls).termination !== 'passthrough')) {
    const { port, to } = route.spec;
    add(found, route, { ...asObject(to), port: asObject(port).targetPort }, ['spec', 'to']);
  }
  return found;
});

function addAll(found: Map<string, Backend[]>, by: Manifest, references: Json, path: Path): void {
  asObjects(references).forEach((reference, i) => add(found, by, reference, [...path, i]));
}

function add(found: Map<string, Backend[]>, by: Manifest, { kind, namespace, name, port }: Json, path: Path): void {
  if (kind !== undefined && kind !== 'Service') return;
  collect(found, `${asText(namespace) || by.namespace}/${asText(name)}`, { by, path, port: port === undefined ? undefined : String(port) });
}

/** Whether a route is for callers inside a mesh: what is TLS already passes there. */
function isOfMesh({ spec }: Manifest): boolean {
  return asObjects(spec.parentRefs).every(({ kind }) => kind === 'Service' || kind === 'ServiceEntry');
}
