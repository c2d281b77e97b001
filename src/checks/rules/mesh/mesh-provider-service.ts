import { asObject, asObjects, asText } from '../../../model/manifest';
import { Mesh } from '../../../model/mesh/mesh';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshProviderService: Rule = {
  id: 'MESH-PROVIDER-SERVICE',
  level: Level.WARNING,
  title: 'an authorization provider names a Service or port that is not there',
  why: 'who cannot be asked refuses: every request of a CUSTOM policy is denied',
  fix: 'write <service>.<namespace>.svc.cluster.local and a port of the Service, which is called grpc for a gRPC provider',
  source: 'istio meshConfig.extensionProviders',
  check: (system, report) => {
    for (const mesh of system.meshes) {
      for (const { kind, service, port, path } of providers(mesh)) {
        const [, name, namespace] = /^(?:[^/]*\/)?([^./]+)\.([^./]+)(?:\.svc(?:\.cluster\.local)?)?$/.exec(service) ?? [];
        const isSeen = name !== undefined && system.all('Service').some(one => one.namespace === namespace);
        if (!isSeen || isEntry(system, service)) continue;
        const found = system.find('Service', namespace, name);
        const one = asObjects(found?.spec.ports).find(item => asText(item.port) === port);
        if (!found) {report.at(mesh.manifest, [...path, 'service'], `there is no Service ${namespace}/${name}`);} else if (!one) {report.at(mesh.manifest, [...path, 'port'], `Service ${name} has no port ${port}`);} else if (kind === 'envoyExtAuthzGrpc' && !/^(grpc|http2|h2c)/.test(asText(one.appProtocol).replace('kubernetes.io/', '') || asText(one.name))) {
          report.at(mesh.manifest, [...path, 'port'], `port ${port} of Service ${name} is not called grpc: Istio does not speak HTTP/2 to it`);
        }
      }
    }
  },
};

function providers({ config }: Mesh): { kind: string; service: string; port: string; path: (string | number)[] }[] {
  return asObjects(config.value.extensionProviders).flatMap((provider, i) => ['envoyExtAuthzGrpc', 'envoyExtAuthzHttp'].filter(kind => provider[kind] !== undefined)
    .map(kind => ({ kind, service: asText(asObject(provider[kind]).service), port: asText(asObject(provider[kind]).port), path: [...config.path, 'extensionProviders', i, kind] })));
}

function isEntry(system: System, host: string): boolean {
  return system.all('ServiceEntry').some(entry => Array.isArray(entry.spec.hosts) && entry.spec.hosts.includes(host));
}
