import { Construct } from 'constructs';
import { Platform } from '../../delivery';

interface Providers {
  readonly names: string[];
  /** Those that the configuration of the mesh defines, in the words of Istio's MeshConfig. */
  readonly defined: any[];
}

const PROVIDERS = new WeakMap<Platform, Providers>();

/**
 * Says which extension providers the mesh of a platform has.
 */
export function setProviders(scope: Construct, names: string[], defined: any[]): void {
  PROVIDERS.set(Platform.of(scope), { names, defined });
}

/**
 * The names of the extension providers of the mesh of a platform; undefined when it has no mesh of this library.
 */
export function providersOf(scope: Construct): string[] | undefined {
  return PROVIDERS.get(Platform.of(scope))?.names;
}

/**
 * What keeps a provider from deciding about requests by gRPC, and from refusing what it does not answer; nothing without a mesh of this library.
 */
export function authorizationErrors(scope: Construct, where: string, name: string): string[] {
  const known = PROVIDERS.get(Platform.of(scope));
  if (!known) {
    return [];
  }
  const grpc = known.defined.find((one) => one.name === name)?.envoyExtAuthzGrpc;
  return [
    ...unknownProvider(where, name, known.names),
    ...(known.names.includes(name) && !grpc ? [`${where} names provider '${name}', which is no envoyExtAuthzGrpc: OPA answers by gRPC only, define it as one`] : []),
    ...(grpc?.failOpen === true ? [`${where} names provider '${name}' with failOpen, which lets requests pass that nobody decided about: remove failOpen`] : []),
  ];
}

/**
 * Says that a provider is not there, if it is not: without it proxies report nothing, or deny everything.
 */
export function unknownProvider(where: string, name: string, providers: string[]): string[] {
  return providers.includes(name) ? [] : [`${where} names provider '${name}', which the mesh does not define: use one of ${providers.join(', ')}, `
    + 'or add it to additionalMeshConfig.extensionProviders'];
}
