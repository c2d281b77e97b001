import { ApiObject, JsonPatch, Lazy, Yaml } from 'cdk8s';
import type { Workload } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { envoyBootstrap, STATUS_PORT } from './bootstrap';
import { EnvoyMesh } from './envoy-mesh';
import { ExternalAuthorization } from './external-authorization';
import { EnvoyInbound } from './inbound';
import { ApplicationProbe, applicationProbes, proxiedHttpGet } from './probes';
import { httpRbacFilters, RbacRules } from './rbac-filter';
import { destinationPort, principalName } from './rbac-matchers';
import { BOOTSTRAP_FILE, envoyContainer, opaContainer, sidecarVolumes, socketPathInPod } from './sidecar-containers';
import { requireImage, requireSidecarPorts } from './sidecar-input';
import { EnvoyUpstream } from './upstream';
import { VerifiedTokens } from './verified-tokens';
import { Platform, Stage } from '../../delivery';
import { WorkloadIdentity } from '../../identity';
import { requireProps } from '../../identity/require-props';
import { configHashPatch } from '../config-hash';
import { PROXY_CONTAINER } from '../istio/enrollment';
import { requireServiceAccount, requireWorkloadNamespace } from '../istio/input';
import { IMeshPeer, MeshWorkload } from '../istio/mesh-workload';
import { PodTemplate, podTemplateOf, TEMPLATE_PATHS } from '../istio/pod-template';
import { labels, namespaceSelector } from '../labels';
import { ClusterSpiffeId } from '../spire/identities';

const ENVOY_IMAGE = 'docker.io/envoyproxy/envoy:v1.40.0';
const PROXY_LABEL = 'cdk8s-spiffe.dev/proxy';

/**
 * What the Envoy beside a workload does.
 */
export interface EnvoySidecarProps {
  /**
   * The mesh that the workload takes part in.
   */
  readonly mesh: EnvoyMesh;

  /**
   * A workload of cdk8s-plus, or the ApiObject of one, with its pods, init containers and volumes written.
   */
  readonly workload: Workload | ApiObject;

  /**
   * The ports at which others call it.
   *
   * @default - none, it only calls
   */
  readonly inbound?: EnvoyInbound[];

  /**
   * The workloads that it calls.
   *
   * @default - none, it is only called
   */
  readonly upstreams?: EnvoyUpstream[];

  /**
   * Who is asked about each request that comes in, beside the rules of the proxy itself.
   *
   * @default - nobody
   */
  readonly authorization?: ExternalAuthorization;

  /**
   * The image of Envoy.
   *
   * @default - Envoy 1.40.0
   */
  readonly image?: string;
}

/**
 * An Envoy beside a workload: mutual TLS with the workload's own identity, and exact identities on the other side.
 *
 * Nothing is open before SPIRE has given its secrets. It writes the bootstrap to a ConfigMap, adds the proxy to the pods as a native sidecar (Kubernetes 1.33), and gives the pods their identity.
 * HTTP probes of the application's port go by the proxy, since the kubelet does not reach 127.0.0.1 in a pod.
 *
 * Throws when the workload has no namespace or service account of its own, when ports are taken twice, or when a probe asks an inbound port.
 */
export class EnvoySidecar extends Construct implements IMeshPeer {
  /**
   * The workload, for access policies.
   */
  public readonly workload: MeshWorkload;

  /**
   * The ConfigMap with the bootstrap.
   */
  public readonly bootstrap: ApiObject;

  /**
   * The ClusterSPIFFEID that gives the pods their identity.
   */
  public readonly spiffeId: ClusterSpiffeId;

  /**
   * The ports at which others call the workload.
   */
  public readonly inbound: EnvoyInbound[];

  /**
   * The workloads that it calls.
   */
  public readonly upstreams: EnvoyUpstream[];

  /**
   * Who is asked about each request that comes in, beside the rules of the proxy itself.
   */
  public readonly authorization?: ExternalAuthorization;

  private readonly mesh: EnvoyMesh;

  public constructor(scope: Construct, id: string, props: EnvoySidecarProps) {
    super(scope, id);
    requireProps(`EnvoySidecar '${id}'`, props, { mesh: 'EnvoyMesh', workload: 'Workload' });
    const { mesh, upstreams = [], authorization } = props;
    this.mesh = mesh;
    this.inbound = props.inbound ?? [];
    this.upstreams = upstreams;
    this.authorization = authorization;
    const pods = podTemplateOf(props.workload);
    this.workload = this.workloadOf(pods);
    requireSidecarPorts(`'${this.workload}'`, { inbound: this.inbound, upstreams, authorization, containerPorts: pods.ports.map(({ number }) => number) });
    requireImage(`'${this.workload}'`, props.image);
    this.requirePolicy(authorization);
    mesh._enroll(this);
    this.spiffeId = this.defineIdentity();
    const probes = applicationProbes(`'${this.workload}'`, podSpecOf(props.workload), this.inbound);
    this.bootstrap = this.defineBootstrap(upstreams, probes, authorization);
    this.addToPods(props.workload, pods, probes, [
      ...(authorization ? [opaContainer(authorization)] : []), envoyContainer(props.image ?? ENVOY_IMAGE, this.inbound),
    ], sidecarVolumes(mesh.spire.socket, this.bootstrap.name, authorization), () => this.filesOf(authorization));
    const peers = [...this.inbound.flatMap(({ callers }) => callers ?? []), ...upstreams.map(({ spiffeId }) => spiffeId)];
    peers.forEach(({ trustDomain }) => mesh.federate(this, trustDomain));
    this.addSteps();
  }

  /**
   * The identity of the workload's pods.
   */
  public get identity(): WorkloadIdentity {
    return this.workload.identity;
  }

  private workloadOf(pods: PodTemplate): MeshWorkload {
    const shown = `${pods.kind} '${pods.name}'`;
    const namespace = requireWorkloadNamespace(shown, pods.namespace);
    const serviceAccount = requireServiceAccount(shown, pods.serviceAccount);
    if (pods.hostNetwork) {
      throw new Error(`${shown} uses the network of the host: its plain ports would be open to the whole node, remove hostNetwork`);
    }
    const taken = pods.containerNames.find((name) => ['envoy', 'opa', PROXY_CONTAINER].includes(name));
    if (taken) {
      throw new Error(`${shown} has a container '${taken}' already: two proxies in a pod catch the same traffic, remove it`);
    }
    if (Object.keys(pods.labels).length === 0) {
      throw new Error(`${shown} has no pod labels: SPIRE selects pods by them, give it at least one`);
    }
    return new MeshWorkload({
      identity: WorkloadIdentity.of({ trustDomain: this.mesh.cluster.trustDomain, namespace, serviceAccount }),
      name: pods.name,
      podLabels: pods.labels,
      matchLabels: Object.keys(pods.matchLabels).length > 0 ? pods.matchLabels : pods.labels,
      ports: this.inbound.map(({ port }) => port),
    });
  }

  private defineIdentity(): ClusterSpiffeId {
    const { namespace, serviceAccount } = this.identity;
    const name = `envoy-${namespace}-${serviceAccount}`;
    return new ClusterSpiffeId(this, 'spiffe-id', {
      spire: this.mesh.spire,
      name,
      podSelector: { matchLabels: { ...this.workload.matchLabels, [PROXY_LABEL]: 'envoy' } },
      namespaceSelector: namespaceSelector(namespace),
    });
  }

  private defineBootstrap(upstreams: EnvoyUpstream[], probes: ApplicationProbe[], authorization?: ExternalAuthorization): ApiObject {
    const { namespace, spiffeId } = this.identity;
    const name = `${this.workload.name}-envoy`;
    const render = () => Yaml.stringify(envoyBootstrap({
      identity: spiffeId,
      socketPath: socketPathInPod(this.mesh.spire.socket),
      inbound: this.inbound.map((inbound) => ({
        inbound,
        probes: probes.filter((probe) => probe.inbound === inbound),
        callers: this.callersOf(inbound),
        rbacFilters: httpRbacFilters(this.rulesAbout(inbound)),
      })),
      upstreams,
      issuers: VerifiedTokens.of(this.mesh).issuersOf(this.workload),
      authorization,
    }));
    return new ApiObject(Platform.of(this).chart(Stage.POLICIES, namespace), `configmap-${name}`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace, labels: labels(name, namespace) },
      data: { [BOOTSTRAP_FILE]: Lazy.any({ produce: render }) },
    });
  }

  private callersOf({ port, callers = [] }: EnvoyInbound) {
    const matches = [...callers.map(({ uri }) => ({ exact: uri })), ...this.mesh._callersOf(this.workload, port)];
    return matches.filter((match, index) => matches.findIndex((other) => JSON.stringify(other) === JSON.stringify(match)) === index);
  }

  private rulesAbout({ port, callers = [] }: EnvoyInbound): RbacRules {
    const rules = this.mesh._rulesAbout(this.workload);
    const always = callers.map(({ uri }) => ({ name: `caller ${uri}`, principal: principalName({ exact: uri }), permissions: [destinationPort(port)] }));
    return { ...rules, allow: [...always, ...rules.allow] };
  }

  private requirePolicy(authorization?: ExternalAuthorization): void {
    const policy = authorization?._opa.policy;
    if (policy && policy.namespace !== this.identity.namespace) {
      throw new Error(`'${this.workload}' reads its policy from ConfigMap '${policy}', and pods read ConfigMaps of their own namespace only: `
        + `write the policy to namespace '${this.identity.namespace}'`);
    }
  }

  /**
   * What the sidecars read once, when they start.
   */
  private filesOf(authorization?: ExternalAuthorization): ApiObject[] {
    const isPolicy = (object: ApiObject) => object.kind === 'ConfigMap' && object.metadata.namespace === this.identity.namespace
      && object.name === authorization?._opa.policy.name;
    return [this.bootstrap, ...Platform.of(this).node.findAll().filter(ApiObject.isApiObject).filter(isPolicy)];
  }

  private addToPods(
    workload: Workload | ApiObject, pods: PodTemplate, probes: ApplicationProbe[], containers: any[], volumes: any[], files: () => ApiObject[],
  ): void {
    const object = ApiObject.of(workload);
    const path = ['', ...TEMPLATE_PATHS[object.kind]].join('/');
    pods.addMetadata({ [PROXY_LABEL]: 'envoy', 'sidecar.istio.io/inject': 'false' }, { 'kubectl.kubernetes.io/default-container': pods.containerNames[0] });
    const spec = podSpecOf(workload);
    object.addJsonPatch(
      configHashPatch(path, files),
      // first of all, since what starts after them may call already
      JsonPatch.add(`${path}/spec/initContainers`, [...containers, ...spec.initContainers ?? []]),
      JsonPatch.add(`${path}/spec/volumes`, [...spec.volumes ?? [], ...volumes]),
      ...probes.map((probe) => JsonPatch.replace(`${path}/spec/containers/${probe.index}/${probe.kind}/httpGet`, proxiedHttpGet(probe, STATUS_PORT))),
    );
  }

  private addSteps(): void {
    const { namespace } = this.identity;
    Platform.of(this).addStepAfter(Stage.APPS, {
      purpose: `the proxy of ${this.workload} has its certificate`,
      command: `kubectl -n ${namespace} get pods -l ${Object.entries(this.workload.matchLabels).map((pair) => pair.join('=')).join(',')}`,
      expected: 'all containers are ready: without an identity the proxy is not',
    });
  }
}

function podSpecOf(workload: Workload | ApiObject): any {
  const object = ApiObject.of(workload);
  return [...TEMPLATE_PATHS[object.kind], 'spec'].reduce((value, key) => value?.[key], object.toJson());
}
