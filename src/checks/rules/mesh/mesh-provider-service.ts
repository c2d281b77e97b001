import { rootOf, typed } from '../../../model/envoy';
import { asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { Mesh } from '../../../model/mesh/mesh';
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
      for (const { kind, service, port, path } of providers(mesh)) {
        const [, name, namespace] = /^(?:[^/]*\/)?([^./]+)\.([^./]+)(?:\.svc(?:\.cluster\.local)?)?$/.exec(service) ?? [];
        const entries = system.all('ServiceEntry').filter(entry => asTexts(entry.spec.hosts).includes(service));
        const numbers = entries.flatMap(entry => asObjects(entry.spec.ports).map(item => asText(item.number)));
        if (entries.length > 0 && !numbers.includes(port)) report.at(mesh.manifest, [...path, 'port'], `the ServiceEntry of ${service} has no port ${port}, it has ${numbers.join(', ')}`);
        const isSeen = name !== undefined && system.all('Service').some(one => one.namespace === namespace);
        if (!isSeen || entries.length > 0) continue;
        const found = system.find('Service', namespace, name);
        const one = asObjects(found?.spec.ports).find(item => asText(item.port) === port);
        if (!found) {report.at(mesh.manifest, [...path, 'service'], `there is no Service ${namespace}/${name}`);} else if (!one) {report.at(mesh.manifest, [...path, 'port'], `Service ${name} has no port ${port}`);} else if (kind === 'envoyExtAuthzGrpc' && !/^(grpc|http2|h2c)/.test(asText(one.appProtocol).replace('kubernetes.io/', '') || asText(one.name))) {
          report.at(mesh.manifest, [...path, 'port'], `port ${port} of Service ${name} is not called grpc: Istio does not speak HTTP/2 to it`);
        }
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

function providers({ config }: Mesh): { kind: string; service: string; port: string; path: (string | number)[] }[] {
  return asObjects(config.value.extensionProviders).flatMap((provider, i) => ['envoyExtAuthzGrpc', 'envoyExtAuthzHttp'].filter(kind => provider[kind] !== undefined)
    .map(kind => ({ kind, service: asText(asObject(provider[kind]).service), port: asText(asObject(provider[kind]).port), path: [...config.path, 'extensionProviders', i, kind] })));
}
