import { NodeAttestor } from '../node-attestor/node-attestor';
import { AttestedCluster } from '../node-attestor/sides';
import { Plugin } from '../plugins/plugin';
import { TrustBundleConfigMap } from '../trust-bundle';
import { BundlePublisher } from './plugins/bundle-publisher';
import { k8sConfigMap } from './plugins/bundle-publisher/k8s-configmap';
import { DataStore } from './plugins/data-store';
import { KeyManager } from './plugins/key-manager';
import { SpireServerProps } from './spire-server-props';

/**
 * What the plugins of the server have to agree on with the rest of the installation.
 */
export interface ServerPluginsContext {
  readonly dataStore: DataStore;
  readonly keyManager: KeyManager;
  readonly attestor: NodeAttestor;
  readonly attestedCluster: AttestedCluster;
  readonly bundle: TrustBundleConfigMap;
}

/**
 * All plugins of the server: those that it cannot do without, those that its agents need, and those that are asked for.
 */
export function serverPlugins(props: SpireServerProps, context: ServerPluginsContext): Plugin[] {
  const publishers = props.bundlePublishers ?? [];
  return [
    context.dataStore._plugin(),
    context.keyManager._plugin(),
    ...attestors(props, context).map((attestor) => attestor._sides().server(context.attestedCluster)),
    ...present([props.upstreamAuthority?._plugin()]),
    k8sConfigMap(context.attestedCluster.name, context.bundle, present(publishers.map((each: BundlePublisher) => each._configMap()))),
    ...present(publishers.map((each) => each._plugin())),
    ...(props.credentialComposers ?? []).map((each) => each._plugin()),
  ];
}

/**
 * The attestor of the own agents, and others. An object that is both counts once.
 */
function attestors(props: SpireServerProps, context: ServerPluginsContext): NodeAttestor[] {
  return [context.attestor, ...(props.nodeAttestors ?? []).filter((each) => each !== context.attestor)];
}

function present<T>(values: (T | undefined)[]): T[] {
  return values.filter((value): value is T => value !== undefined);
}
