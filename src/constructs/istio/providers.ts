import { Construct } from 'constructs';
import { Platform } from '../../delivery';

const PROVIDERS = new WeakMap<Platform, string[]>();

/**
 * Says which extension providers the mesh of a platform defines.
 */
export function setProviders(scope: Construct, names: string[]): void {
  PROVIDERS.set(Platform.of(scope), names);
}

/**
 * The extension providers of the mesh of a platform; undefined when it has no mesh of this library.
 */
export function providersOf(scope: Construct): string[] | undefined {
  return PROVIDERS.get(Platform.of(scope));
}

/**
 * Says that a provider is not there, if it is not: without it proxies report nothing, or deny everything.
 */
export function unknownProvider(where: string, name: string, providers: string[]): string[] {
  return providers.includes(name) ? [] : [`${where} names provider '${name}', which the mesh does not define: use one of ${providers.join(', ')}, `
    + 'or add it to additionalMeshConfig.extensionProviders'];
}
