import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Cluster, SpireVersion, WorkloadApiSocket } from '../../cluster';
import { Platform } from '../../delivery';
import { isDnsLabel } from '../../identity/dns-name';
import { KEPT } from '../kept';
import { defineNamespace } from '../namespace';
import { PodSecurityLevel } from '../pod-security';
import { AGENT_NAME } from './agent/paths';
import { SpireAgent } from './agent/spire-agent';
import { SpireAgentProps } from './agent/spire-agent-props';
import { SpireCrds } from './crds';
import { SpiffeCsiDriver } from './csi/spiffe-csi-driver';
import { BundleEndpoint } from './federation/bundle-endpoint';
import { SpireHelmRelease } from './helm-release';
import { SpireHelmReleaseProps } from './helm-release-props';
import { spireImages } from './images';
import { requireDirectory } from './input';
import { SpireNetworkPolicies } from './network/spire-network-policies';
import { NodeAttestor } from './node-attestor/node-attestor';
import { ISpireAgent, ISpiffeCsiDriver, ISpireServer } from './parts';
import { addRolloutChecks } from './rollout-checks';
import { SERVER_NAMESPACE } from './server/paths';
import { SpireServer } from './server/spire-server';
import { SpireServerProps } from './server/spire-server-props';
import { ISpire } from './spire-ref';
import { trustBundleConfigMap } from './trust-bundle';
import { requireProps } from '../../identity/require-props';

/**
 * A SPIRE installation.
 */
export interface SpireProps {
  /**
   * The release of SPIRE.
   *
   * @default - SpireVersion.V1_15
   */
  readonly version?: SpireVersion;

  /**
   * The release of the agents, for an upgrade step by step: the server first. Not newer than `version`, at most one minor release older.
   *
   * @default - the same as `version`
   */
  readonly agentVersion?: SpireVersion;

  /**
   * How the controller manager finds the SPIFFE ID of a node's agent, a Go template. Needed when agents do not attest by `k8sPsat`.
   *
   * @default - the ID that `k8sPsat` gives, by cluster and UID of the node
   */
  readonly parentIdTemplate?: string;

  /**
   * Where the Workload API socket is.
   *
   * @default - `/run/spire/agent-sockets/spire-agent.sock`, mounted by `csi.spiffe.io`
   */
  readonly socket?: WorkloadApiSocket;

  /**
   * The directory of the kubelet on each node, to which the CSI driver mounts, such as `/var/lib/k0s/kubelet`.
   *
   * @default - `/var/lib/kubelet`
   */
  readonly kubeletDirectory?: string;

  /**
   * The class of the controller manager; resources of another class, or of none, are ignored by it.
   *
   * @default - `spire`
   */
  readonly className?: string;

  /**
   * What the NetworkPolicies of both namespaces have to know of the cluster.
   *
   * @default - both namespaces are closed but for what SPIRE and its plugins need
   */
  readonly networkPolicies?: SpireNetworkPolicies;

  /**
   * How the server runs.
   *
   * @default - one replica with SQLite and keys on a volume of its own
   */
  readonly server?: SpireServerProps;

  /**
   * How the agents run.
   *
   * @default - with verification of the kubelet
   */
  readonly agent?: SpireAgentProps;
}

/**
 * SPIRE in one cluster: server with controller manager, agent and CSI driver on every node, and what they need around them.
 *
 * The server runs in a namespace of level `restricted`; agent and CSI driver, which need the node, in one of level `privileged`.
 * With the server's namespace would go the volume that holds the keys of the CA: Argo CD and Flux are told to keep it.
 */
export class Spire extends Construct implements ISpire {
  /**
   * A SPIRE that Helm has installed already, for meshes and identities on it. Nothing of SPIRE is written.
   *
   * Its values decide what it does: nothing here sees whether they are as said, but VERIFY.md has the commands that show it. A `Federation` needs a
   * `Spire`, as it sets names in the agents' configuration.
   *
   * Throws when a name is none, and when the platform has a SPIRE already.
   *
   * @param scope a construct in the platform
   * @param id the ID of the construct
   * @param props name and namespace of the release, and what its values change
   */
  public static fromHelmRelease(scope: Construct, id: string, props: SpireHelmReleaseProps): ISpire {
    const release = new SpireHelmRelease(scope, id, props);
    requireClassName(release.className);
    requireOnlyOne(release);
    return release;
  }

  /**
   * The cluster that SPIRE runs in.
   */
  public readonly cluster: Cluster;

  /**
   * The Workload API socket that workloads get.
   */
  public readonly socket: WorkloadApiSocket;

  /**
   * The class of the controller manager.
   */
  public readonly className: string;

  /**
   * How long a certificate of the server's CA is valid.
   */
  public readonly caTtl: Duration;

  /**
   * The issuer in JWT-SVIDs, if they have one.
   */
  public readonly jwtIssuer?: string;

  /**
   * The namespace of the server.
   */
  public readonly serverNamespace = SERVER_NAMESPACE;

  /**
   * The namespace of agents and CSI driver.
   */
  public readonly agentNamespace = 'spire-system';

  /**
   * The custom resource definitions of the controller manager.
   */
  public readonly crds: SpireCrds;

  /**
   * Where other trust domains fetch the bundle of this one.
   */
  public readonly bundleEndpoint?: BundleEndpoint;

  /**
   * The server with its controller manager.
   */
  public readonly server: ISpireServer;

  /**
   * The agents.
   */
  public readonly agent: ISpireAgent;

  /**
   * The CSI driver.
   */
  public readonly csiDriver: ISpiffeCsiDriver;

  /**
   * Whether Envoy gets certificates from the agents. One that is imported is taken to do so.
   *
   * @internal
   */
  public readonly _servesSds: boolean;

  /**
   * The release of the server.
   *
   * @internal
   */
  public readonly _version: SpireVersion;

  /**
   * @internal
   */
  public readonly _networkPolicies: SpireNetworkPolicies;

  public constructor(scope: Construct, id: string, props: SpireProps = {}) {
    super(scope, id);
    requireProps(`Spire '${id}'`, props, { version: 'SpireVersion?', agentVersion: 'SpireVersion?', socket: 'WorkloadApiSocket?', server: 'map?', agent: 'map?' });
    this._servesSds = !props.agent?.disableSdsApi;
    this.cluster = Platform.of(this).cluster;
    this.socket = props.socket ?? WorkloadApiSocket.of();
    this.className = props.className ?? 'spire';
    requireClassName(this.className);
    requireOnlyOne(this);

    this.crds = new SpireCrds(this, 'crds');
    defineNamespace(this, { name: this.serverNamespace, podSecurity: PodSecurityLevel.RESTRICTED, annotations: KEPT });
    defineNamespace(this, { name: this.agentNamespace, podSecurity: PodSecurityLevel.PRIVILEGED });

    const version = this._version = props.version ?? SpireVersion.V1_15;
    this.jwtIssuer = props.server?.jwtIssuer;
    const agentVersion = props.agentVersion ?? version;
    requireUpgradeOrder(version, agentVersion);
    const attestor = props.agent?.nodeAttestor ?? NodeAttestor.k8sPsat();
    requireParentId(attestor, props.parentIdTemplate);
    const agentServiceAccount = AGENT_NAME;
    const networkPolicies = this._networkPolicies = props.networkPolicies ?? {};
    const shared = {
      images: { ...spireImages(version), agent: spireImages(agentVersion).agent },
      bundle: trustBundleConfigMap(this.agentNamespace),
      socket: this.socket,
      attestor,
      networkPolicies,
      attestedCluster: { name: this.cluster.name, agentNamespace: this.agentNamespace, agentServiceAccount },
    };
    const server = new SpireServer(this, 'server', props.server ?? {}, {
      ...shared,
      version,
      namespace: this.serverNamespace,
      agent: { name: AGENT_NAME, namespace: this.agentNamespace, serviceAccount: agentServiceAccount },
      className: this.className,
      parentIdTemplate: props.parentIdTemplate,
    });
    this.server = server;
    this.bundleEndpoint = props.server?.bundleEndpoint;
    this.caTtl = server.caTtl;
    this.agent = new SpireAgent(this, 'agent', props.agent ?? {}, {
      ...shared,
      version: agentVersion,
      namespace: this.agentNamespace,
      serviceAccount: agentServiceAccount,
      server: { name: server.service.name, namespace: this.serverNamespace },
      serverHost: this.cluster.serviceHost(server.service.name, this.serverNamespace),
      x509SvidTtl: server.x509SvidTtl,
    });
    this.csiDriver = new SpiffeCsiDriver(this, 'csi-driver', {
      ...shared, namespace: this.agentNamespace, kubeletDirectory: requireDirectory('kubeletDirectory', props.kubeletDirectory ?? '/var/lib/kubelet'),
    });
    addRolloutChecks(Platform.of(this), this, { closed: (networkPolicies.enabled ?? true) && server.closed, replicas: props.server?.replicas ?? 1 });
  }

}

function requireClassName(className: string): void {
  if (!isDnsLabel(className)) {
    throw new Error(`className '${className}' is no name: use up to 63 of a-z, 0-9 and '-', not at the ends`);
  }
}

function requireUpgradeOrder(server: SpireVersion, agent: SpireVersion): void {
  if (!server.isAtLeast(agent.version)) {
    throw new Error(`agents of SPIRE ${agent} are newer than the server (${server}): upgrade the server first`);
  }
  if (server.minorsAheadOf(agent) > 1) {
    throw new Error(`agents of SPIRE ${agent} are more than one minor release older than the server (${server}): upgrade the agents in between`);
  }
}

function requireParentId(attestor: NodeAttestor, template: string | undefined): void {
  const { name, nodeUidIds } = attestor._sides();
  if (!nodeUidIds && template === undefined) {
    throw new Error(`agents attested by '${name}' have IDs that the controller manager does not expect, so no workload would get an identity: `
      + 'give parentIdTemplate, or use NodeAttestor.k8sPsat() without usePodUidForAgentId');
  }
}

function requireOnlyOne(spire: Construct): void {
  const platform = Platform.of(spire);
  const all = platform.node.findAll().filter((construct) => construct instanceof Spire || construct instanceof SpireHelmRelease);
  const other = all.find((construct) => construct !== spire);
  if (other) {
    throw new Error(`platform '${platform.node.path}' has a SPIRE already, '${other.node.path}': use that one, a cluster has one`);
  }
}
