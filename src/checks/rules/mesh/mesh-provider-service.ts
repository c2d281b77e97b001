import { rootOf, typed } from '../../../model/envoy';
import { Path, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { Mesh } from '../../../model/mesh/mesh';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshProviderService: Rule = {
  id: 'MESH-PROVIDER-SERVICE',
  level: Level.WARNING,
  title: 'an authorization provider or filter names a Service or port that is not there',
  why: 'who cannot be asked refuses: every request of a CUSTOM policy is denied',
  fix: 'write <service>.<namespace>.svc.cluster.local and a port of the Service, which is called grpc for a gRPC provider',
  source: 'istio meshConfig.extensionProviders',
  check: (system, report) => {
    for (const mesh of system.meshes) {
      for (const provider of providers(mesh)) {
        const problem = problemOf(system, provider);
        if (problem) report.at(mesh.manifest, [...provider.path, problem.at], problem.message);
      }
    }
    for (const filter of system.all('EnvoyFilter').filter(({ group }) => group === 'networking.istio.io')) {
      for (const { path, value } of typed(rootOf(filter), 'ext_authz.v3.ExtAuthz')) {
        const cluster = asText(asObject(asObject(value.grpc_service).envoy_grpc).cluster_name);
        const [, port, name, namespace] = /^outbound\|(\d+)\|[^|]*\|([^.|]+)\.([^.|]+)\.svc\.cluster\.local$/.exec(cluster) ?? [];
        const service = name === undefined ? undefined : system.find('Service', namespace, name);
        const known = asObjects(service?.spec.ports).map(item => asText(item.port));
        if (service && !known.includes(port)) report.at(filter, [...path, 'grpc_service'], `Service ${name} has no port ${port}, it has ${known.join(', ')}`);
      }
    }
  },
};

/** A ServiceEntry of the host is what the mesh calls; else it is the Service, where those of its namespace are in the input. */
function problemOf(system: System, { kind, service, port }: Provider): { at: 'port' | 'service'; message: string } | undefined {
  const entries = system.all('ServiceEntry').filter(entry => asTexts(entry.spec.hosts).includes(service));
  if (entries.length > 0) {
    const numbers = entries.flatMap(entry => asObjects(entry.spec.ports).map(item => asText(item.number)));
    return numbers.includes(port) ? undefined : { at: 'port', message: `the ServiceEntry of ${service} has no port ${port}, it has ${numbers.join(', ')}` };
  }
  const short = /^(?:[^/]*\/)?([^./]+)(?:\.([^./]+)(?:\.svc)?)?$/.exec(service);
  const meant = short && system.all('Service').find(one => one.name === short[1] && (short[2] === undefined || one.namespace === short[2]));
  if (meant) return { at: 'service', message: `"${service}" is no name that istiod looks up: Service ${meant.namespace}/${meant.name} is ${meant.name}.${meant.namespace}.svc.cluster.local` };
  const [, name, namespace] = /^(?:[^/]*\/)?([^./]+)\.([^./]+)(?:\.svc(?:\.cluster\.local)?)?$/.exec(service) ?? [];
  if (name === undefined || !system.all('Service').some(one => one.namespace === namespace)) return undefined;
  const found = system.find('Service', namespace, name);
  if (!found) return { at: 'service', message: `there is no Service ${namespace}/${name}` };
  const one = asObjects(found.spec.ports).find(item => asText(item.port) === port);
  if (!one) return { at: 'port', message: `Service ${name} has no port ${port}` };
  const speaksGrpc = /^(grpc|http2|h2c)/.test(asText(one.appProtocol).replace('kubernetes.io/', '') || asText(one.name));
  return kind !== 'envoyExtAuthzGrpc' || speaksGrpc ? undefined
    : { at: 'port', message: `port ${port} of Service ${name} is not called grpc: Istio does not speak HTTP/2 to it` };
}

interface Provider {
  readonly kind: string;
  readonly service: string;
  readonly port: string;
  readonly path: Path;
}

function providers({ config }: Mesh): Provider[] {
  return asObjects(config.value.extensionProviders).flatMap((provider, i) => ['envoyExtAuthzGrpc', 'envoyExtAuthzHttp'].filter(kind => provider[kind] !== undefined)
    .map(kind => ({ kind, service: asText(asObject(provider[kind]).service), port: asText(asObject(provider[kind]).port), path: [...config.path, 'extensionProviders', i, kind] })));
}
