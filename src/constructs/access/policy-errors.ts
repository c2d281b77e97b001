import { AccessAction, AccessStatement, isHttpOnly } from './access-statement';
import { isMissingAccount } from './known-accounts';
import { podPort, Services } from './services';
import { Platform } from '../../delivery';
import { EnvoyMesh } from '../envoy/envoy-mesh';
import { keptFromProxy } from '../istio/interception';
import { IWorkloads } from '../istio/mesh';
import { MeshWorkload } from '../istio/mesh-workload';

/**
 * What can be seen only when a platform is complete.
 */
export function policyErrors(platform: Platform, mesh: IWorkloads, statements: AccessStatement[], layers: string[]): string[] {
  const services = Services.of(platform);
  const workloads = mesh.workloads;
  return [...new Set([
    ...emptyNamespaces(workloads, statements),
    ...missingAccounts(platform, mesh, statements),
    ...(mesh instanceof EnvoyMesh ? [] : blindPorts(services, statements)),
    ...(layers.includes('Istio') ? unguardedPorts(statements) : []),
  ])];
}

function emptyNamespaces(workloads: MeshWorkload[], statements: AccessStatement[]): string[] {
  return statements.flatMap(({ source, destination }) => {
    const caller = source._caller;
    if (caller.kind !== 'namespace' || workloads.some((workload) => workload.namespace === caller.namespace)) {
      return [];
    }
    return [`access from '${source}' to '${destination}' would match nobody: no workload of namespace '${caller.namespace}' is enrolled in the mesh, `
      + 'enroll one or correct the name'];
  });
}

function missingAccounts(platform: Platform, mesh: IWorkloads, statements: AccessStatement[]): string[] {
  return statements.flatMap(({ source, destination }) => {
    const caller = source._caller;
    if (caller.kind !== 'identity' || caller.elsewhere || !caller.spiffeId.trustDomain.sameAs(mesh.cluster.trustDomain)
      || !isMissingAccount(platform, mesh.workloads, caller.spiffeId)) {
      return [];
    }
    return [`access from '${source}' to '${destination}' would match nobody: the app defines its namespace and no such service account, correct the name, pass the `
      + 'workload itself, or, if others define it, use AccessSource.identityDefinedElsewhere'];
  });
}

/**
 * On a port that is no HTTP, a rule with HTTP fields is dropped when it allows, and closes the whole port when it denies.
 */
function blindPorts(services: Services, statements: AccessStatement[]): string[] {
  return statements.filter(isHttpOnly).flatMap(({ action, source, destination, port }) => {
    const ports = services.leadingTo(destination).flatMap((service) => service.spec.ports ?? []);
    const blind = ports.find((one: any) => podPort(one, destination) === port && !speaksHttp(one));
    return blind ? [`access from '${source}' to '${destination}' names methods, paths, hosts or a token, but the Service says that port ${port} is no HTTP `
      + `('${blind.appProtocol ?? blind.name}')${action === AccessAction.DENY ? ', so that all of it would be denied' : ''}: name the port 'http' or leave them out`] : [];
  });
}

/**
 * The proxy is not asked about what does not reach it.
 */
function unguardedPorts(statements: AccessStatement[]): string[] {
  return statements.flatMap(({ source, destination, port }) => {
    const annotation = keptFromProxy(destination, port);
    return annotation ? [`access from '${source}' to '${destination}' would not be enforced: the annotation '${annotation}' of its pods keeps port ${port} `
      + 'from their proxy, let the port through it, or leave the statement out'] : [];
  });
}

/**
 * Ports without a protocol are decided by their bytes.
 */
function speaksHttp(port: any): boolean {
  const protocol: string = port.appProtocol ?? String(port.name ?? '').split('-')[0];
  return !['tcp', 'tls', 'https', 'mongo', 'mysql', 'redis', 'udp'].includes(protocol.toLowerCase());
}
