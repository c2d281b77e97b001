import { Construct } from 'constructs';
import { UPSTREAM_BUNDLE, UPSTREAM_SOCKET } from './nested-names';
import { defineNestedApi, defineNestedEntries } from './nested-root';
import { SECRET_KEY, addNestedSteps, kubeConfigSecret } from './nested-steps';
import { nestBelow } from './roots';
import { addUpstreamAgent } from './upstream-agent';
import { Platform } from '../../../delivery';
import { requireReachableHost } from '../federation/host';
import { FileRef } from '../file-ref';
import { NodeAttestor } from '../node-attestor/node-attestor';
import { SPIRE_PORTS } from '../ports';
import { SecretRef } from '../secret-ref';
import { BundlePublisher } from '../server/plugins/bundle-publisher';
import { UpstreamAuthority } from '../server/plugins/upstream-authority';
import { Spire, SpireProps } from '../spire';
import { defineRootAccess } from './root-access';
import { requireProps } from '../../../identity/require-props';
import { SERVER_NAME, SERVER_NAMESPACE } from '../server/paths';

/**
 * A cluster with a nested server.
 */
export interface NestedServerProps {
  /**
   * The platform of the cluster.
   */
  readonly platform: Platform;

  /**
   * How SPIRE runs there.
   *
   * @default - as `Spire` has it
   */
  readonly spire?: SpireProps;

  /**
   * The kubeconfig with which the root looks at the cluster, in the namespace of the root's server.
   *
   * @default - key `config` of Secret `kubeconfig-` and the name of the cluster; VERIFY.md of the root tells how to make it
   */
  readonly kubeConfig?: FileRef;
}

/**
 * One trust domain over several clusters.
 */
export interface NestedSpireProps {
  /**
   * The platform of the cluster with the root.
   */
  readonly root: Platform;

  /**
   * The DNS name that leads to the root's load balancer from all nested clusters.
   */
  readonly host: string;

  /**
   * The port of the root's load balancer.
   *
   * @default - 8081
   */
  readonly port?: number;

  /**
   * How SPIRE runs in the root's cluster.
   *
   * @default - as `Spire` has it
   */
  readonly rootSpire?: SpireProps;

  /**
   * The clusters with nested servers, of the same trust domain.
   */
  readonly nested: NestedServerProps[];
}

/**
 * One trust domain over several clusters: a root server, and in each other cluster a server of its own whose CA the root signs.
 *
 * When the root is out of reach, nested clusters go on until their CA ends. A workload has the same identity in each cluster when namespace and
 * service account are the same; where that is not meant, use a trust domain for each cluster and a `Federation`.
 *
 * Throws for another trust domain, for two clusters of one name, and for a host that other clusters cannot reach.
 */
export class NestedSpire extends Construct {
  /**
   * SPIRE in the root's cluster.
   */
  public readonly root: Spire;

  /**
   * SPIRE in the nested clusters, in the order in which they were given.
   */
  public readonly nested: Spire[];

  public constructor(scope: Construct, id: string, props: NestedSpireProps) {
    super(scope, id);
    requireProps(`NestedSpire '${id}'`, props, { root: 'Platform', host: 'text', nested: 'NestedServerProps[]' });
    requireClusters(props);
    const port = props.port ?? SPIRE_PORTS.serverApi;
    this.root = defineRoot(props);
    defineNestedApi(props.root, this.root, props.host, port);
    this.nested = props.nested.map((nested) => {
      const { platform } = nested;
      defineNestedEntries(props.root, this.root, platform.cluster);
      const spire = new Spire(platform, 'spire', {
        ...nested.spire,
        server: {
          ...nested.spire?.server,
          upstreamAuthority: UpstreamAuthority.spire({ serverAddress: props.host, serverPort: port, workloadApiSocket: UPSTREAM_SOCKET }),
        },
      });
      nestBelow(this.root, spire);
      defineRootAccess(platform, spire.serverNamespace);
      addUpstreamAgent(platform, spire, { host: props.host, port });
      addNestedSteps(props.root, this.root, platform, nested.kubeConfig === undefined);
      return spire;
    });
  }
}

function defineRoot({ root, rootSpire, nested }: NestedSpireProps): Spire {
  const children = nested.map(({ platform, kubeConfig }) => ({
    clusterName: platform.cluster.name,
    kubeConfig: kubeConfig ?? FileRef.secret(SecretRef.of(kubeConfigSecret(platform.cluster)), SECRET_KEY),
  }));
  const attestor = NodeAttestor.k8sPsat({
    remoteClusters: children.map((child) => ({ ...child, serviceAccounts: [`${SERVER_NAMESPACE}:${SERVER_NAME}`] })),
  });
  const publishers = children.map((child) => BundlePublisher.k8sConfigMap({
    ...child, namespace: SERVER_NAMESPACE, configMapName: UPSTREAM_BUNDLE.name, configMapKey: UPSTREAM_BUNDLE.key,
  }));
  return new Spire(root, 'spire', {
    ...rootSpire,
    server: {
      ...rootSpire?.server,
      nodeAttestors: [...rootSpire?.server?.nodeAttestors ?? [], attestor],
      bundlePublishers: [...rootSpire?.server?.bundlePublishers ?? [], ...publishers],
    },
    agent: { nodeAttestor: attestor, ...rootSpire?.agent },
  });
}

function requireClusters({ root, host, port, nested }: NestedSpireProps): void {
  requireReachableHost('root of nested servers', host);
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65535)) {
    throw new Error(`root of nested servers has port ${port}: use a whole number from 1 to 65535`);
  }
  if (nested.length === 0) {
    throw new Error('no server is nested below the root: name at least one cluster, or use Spire alone');
  }
  const names = [root.cluster.name];
  for (const { platform: { cluster }, spire } of nested) {
    if (!cluster.trustDomain.sameAs(root.cluster.trustDomain)) {
      throw new Error(`cluster '${cluster.name}' has trust domain '${cluster.trustDomain}', the root '${root.cluster.trustDomain}': `
        + 'nested servers share one, use a Federation between two');
    }
    if (names.includes(cluster.name)) {
      throw new Error(`two clusters of trust domain '${cluster.trustDomain}' are called '${cluster.name}': rename one, agents are known by the name`);
    }
    names.push(cluster.name);
    if (spire?.server?.upstreamAuthority) {
      throw new Error(`the nested server of cluster '${cluster.name}' has an upstream authority of its own: remove it, or give it to the root`);
    }
  }
}
