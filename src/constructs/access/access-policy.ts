import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { accessStatement, AllowedCall } from './access-call';
import { AccessEnforcer } from './access-enforcer';
import { AccessRequest } from './access-request';
import { AccessSource } from './access-source';
import { AccessAction, AccessStatement } from './access-statement';
import { AccessDecision, decide } from './decision';
import { EgressCall } from './egress';
import { egressStatement } from './egress-statement';
import { Enforcement } from './enforcement';
import { MetricsAccess } from './metrics';
import { metricsPorts } from './metrics-statement';
import { sizeErrors } from './object-size';
import { policyErrors } from './policy-errors';
import { requireLayers } from './require-layers';
import { requireNoOther } from './require-no-other';
import { Platform } from '../../delivery';
import { TrustDomain } from '../../identity';
import { isDnsLabel } from '../../identity/dns-name';
import { requireProps } from '../../identity/require-props';
import { EnvoyMesh } from '../envoy/envoy-mesh';
import { Border } from '../istio/border';
import { CROSS_NETWORK_PORT } from '../istio/east-west-gateway';
import { requireWorkloadNamespace } from '../istio/input';
import { IWorkloads } from '../istio/mesh';
import { IMeshPeer, MeshWorkload } from '../istio/mesh-workload';
import { requireLabels } from '../labels';
import { AccessReport } from './report/access-report';

/**
 * Where an access policy holds.
 */
export interface AccessPolicyProps {
  /**
   * The mesh of all workloads that it names: an IstioMesh or an EnvoyMesh.
   */
  readonly mesh: IWorkloads;

  /**
   * Meshes of other clusters whose workloads may be named as callers.
   *
   * @default - none
   */
  readonly federatedMeshes?: IWorkloads[];

  /**
   * Trust domains of partners that may be named as callers, whole by `AccessSource.trustDomain` or one of their identities by `AccessSource.identity`.
   *
   * A `Federation` with the partner has to exist.
   *
   * @default - none
   */
  readonly federatedTrustDomains?: TrustDomain[];

  /**
   * The layers that enforce it, each from the same statements.
   *
   * @default - `AccessEnforcer.istio()`, or `AccessEnforcer.envoyRbac()` in an EnvoyMesh
   */
  readonly enforcers?: AccessEnforcer[];
}

/**
 * Who may call whom in a mesh, said once and enforced by every layer that is named. All else stays denied.
 *
 * The file `ACCESS.md` in the folder `artifacts` shows who may call whom, and what each layer cannot express.
 */
export class AccessPolicy extends Construct {
  private readonly mesh: IWorkloads;
  private readonly federatedMeshes: IWorkloads[];
  private readonly federatedTrustDomains: TrustDomain[];
  private readonly enforcements: Enforcement[];
  private readonly report: AccessReport;
  private readonly stated: AccessStatement[] = [];

  public constructor(scope: Construct, id: string, props: AccessPolicyProps) {
    super(scope, id);
    requireProps(`AccessPolicy '${id}'`, props, { mesh: 'IWorkloads', enforcers: 'AccessEnforcer[]?', federatedMeshes: 'IWorkloads[]?', federatedTrustDomains: 'TrustDomain[]?' });
    this.mesh = props.mesh;
    this.federatedMeshes = props.federatedMeshes ?? [];
    this.federatedTrustDomains = props.federatedTrustDomains ?? [];
    this.requireOthers();
    this.federatedMeshes.forEach((mesh) => Border.of(this.mesh).addNeighbour(mesh));
    const enforcers = props.enforcers ?? [props.mesh instanceof EnvoyMesh ? AccessEnforcer.envoyRbac() : AccessEnforcer.istio()];
    if (enforcers.length === 0) {
      throw new Error(`access policy '${this.node.path}' has an empty list of enforcers: nothing would enforce it, name one or leave enforcers out`);
    }
    this.enforcements = enforcers.map((enforcer) => enforcer._bind(this, props.mesh));
    requireLayers(`access policy '${this.node.path}'`, this.enforcements.map(({ layer }) => layer));
    this.report = AccessReport.of(Platform.of(this));
    this.report.addPolicy(props.mesh, this.enforcements);
    this.node.addValidation({
      validate: () => [
        ...policyErrors(Platform.of(this), this.mesh, this.stated),
        ...this.stated.flatMap((one) => this.referenceErrors(one)),
        ...sizeErrors(this.objects),
      ],
    });
  }

  /**
   * The statements so far.
   */
  public get statements(): AccessStatement[] {
    return [...this.stated];
  }

  /**
   * The objects that the enforcers defined so far, for patches. An enforcer that serves several access policies has the objects of all.
   */
  public get objects(): ApiObject[] {
    return this.enforcements.flatMap((enforcement) => enforcement.objects);
  }

  /**
   * Allows a caller to call a workload.
   *
   * Throws when one of them is not enrolled in the mesh, when the called workload does not declare the port, when a list is empty,
   * when a method, path or host matches no request, or when a caller of a federated mesh is not named by reference.
   *
   * @param call who calls whom, and what for
   */
  public allow(call: AllowedCall): void {
    this.state(AccessAction.ALLOW, call);
  }

  /**
   * Denies a caller to call a workload, whatever allows it.
   *
   * What is not HTTP is denied whole when a method, path, host or token is named, since none of them can be seen there.
   *
   * Throws as `allow` does, apart from callers of federated meshes, and for a path that is no beginning.
   *
   * @param call who must not call whom, and what for
   */
  public deny(call: AllowedCall): void {
    this.state(AccessAction.DENY, call);
  }

  /**
   * Marks the calls of a caller to a workload in the log, whatever becomes of them; it allows nothing.
   *
   * The proxies of an IstioMesh write the mark as field `audit` of the access log, OPA as `audited` of its decision log.
   *
   * Throws as `allow` does, apart from callers of federated meshes, and with `auditOnly`: a mark needs no trial.
   *
   * @param call whose calls to whom are marked
   */
  public audit(call: AllowedCall): void {
    this.state(AccessAction.AUDIT, call);
  }

  /**
   * Allows a workload to call hosts outside of the cluster.
   *
   * Throws when the workload or the gateway is not of this mesh, when a host is no full DNS name, and when a host is called in two ways from one
   * namespace.
   *
   * @param call who calls which hosts
   */
  public allowEgress(call: EgressCall): void {
    requireProps('allowEgress', call, { source: 'MeshWorkload', hosts: 'text[]' });
    const statement = egressStatement(call, this.mesh.cluster);
    if (!this.mesh.isMember(call.source)) {
      throw new Error(`egress of '${call.source}': it is not enrolled in this mesh, pass what mesh.enroll() returned`);
    }
    if (call.gateway && !this.mesh.isMember(call.gateway.workload)) {
      throw new Error(`egress of '${call.source}': gateway '${call.gateway.name}' is of another mesh, use an EgressGateway of this one`);
    }
    this.enforcements.forEach((enforcement) => enforcement.addEgress(statement));
    this.report.addEgress(statement, this.enforcements);
  }

  /**
   * Allows somebody to read the metrics of a workload and of its proxy, on ports 15020 and 15090; in an EnvoyMesh those of the proxy, on 15021.
   *
   * The proxy shows them without asking who reads, so that only network layers write something. Those of the workload are among them in an IstioMesh, when
   * its pods have the annotations `prometheus.io/scrape`, `prometheus.io/port` and `prometheus.io/path`.
   *
   * Probes of the kubelet need no such permission: they reach a workload from its own node, which no layer forbids.
   *
   * Throws when the workload is not enrolled in the mesh, and for a namespace that is no name of one.
   *
   * @param access who reads the metrics of whom
   */
  public allowMetrics(access: MetricsAccess): void {
    requireProps('allowMetrics', access, { workload: 'MeshWorkload', readerNamespace: 'text' });
    this.requireCalled(`metrics of '${access.workload}'`, access.workload);
    requireNoOther(`metrics of '${access.workload}'`, access, ['workload', 'readerNamespace', 'readerLabels']);
    if (!isDnsLabel(access.readerNamespace)) {
      throw new Error(`metrics of '${access.workload}' are read from namespace '${access.readerNamespace}', which is no name of one: `
        + "use up to 63 of a-z, 0-9 and '-', not at the ends");
    }
    requireLabels(`readerLabels of metrics of '${access.workload}'`, access.readerLabels);
    const statement = { ...access, ports: metricsPorts(this.mesh) };
    this.enforcements.forEach((enforcement) => enforcement.addMetrics(statement));
    this.report.addMetrics(statement);
  }

  /**
   * Allows a workload to call the API server of its cluster, which rights (RBAC) narrow.
   *
   * Throws when the workload is not enrolled in the mesh.
   *
   * @param workload who calls
   */
  public allowApiServer(workload: MeshWorkload): void {
    this.requireCalled(`calls of '${workload}' to the API server`, workload);
    this.enforcements.forEach((enforcement) => enforcement.addApiServer(workload));
    this.report.addApiServer(workload);
  }

  /**
   * Closes a namespace: what no statement allows is denied there, in each layer.
   *
   * A MeshNamespace and the mesh are closed already; this is for other namespaces, and for layers beside Istio.
   *
   * Throws for a namespace of Kubernetes, SPIRE or Istio, which nothing could use any more.
   *
   * @param namespace the name of the namespace
   */
  public denyByDefault(namespace: string): void {
    const name = requireWorkloadNamespace('what denyByDefault closes', namespace);
    this.enforcements.forEach((enforcement) => enforcement.denyByDefault(name));
  }

  /**
   * What the statements say of a request, without any layer: for tests of a policy.
   *
   * Throws for a path, a host or claims without a method: only HTTP has them.
   *
   * @param request the request
   */
  public decides(request: AccessRequest): AccessDecision {
    requireProps('decides', request, { destination: 'MeshWorkload', port: 'number' });
    requireNoOther('decides', request, ['source', 'spiffeId', 'destination', 'port', 'method', 'path', 'host', 'claims']);
    if (request.method === undefined && (request.path ?? request.host ?? request.claims) !== undefined) {
      throw new Error("decides has a path, a host or claims, and no method, as if it were no HTTP: give the method, such as 'GET'");
    }
    return decide(this.stated, this.mesh.cluster.trustDomain, request);
  }

  private state(action: AccessAction, call: AllowedCall): void {
    requireProps('a call of an access policy', call, {
      source: 'AccessSource or workload',
      destination: 'MeshWorkload',
      port: 'number',
      methods: 'text[]?',
      paths: 'text[]?',
      hosts: 'text[]?',
    });
    this.requireMembers(call);
    const statement = accessStatement(action, call, this.mesh);
    const [error] = this.referenceErrors(statement);
    if (error) {
      throw new Error(error);
    }
    this.enforcements.forEach((enforcement) => action === AccessAction.AUDIT ? enforcement.audit(statement) : enforcement.add(statement));
    this.stated.push(statement);
    this.report.add(statement, this.enforcements);
    if (action === AccessAction.ALLOW) {
      this.federate(call, !statement.auditOnly);
    }
  }

  private requireOthers(): void {
    if (this.federatedTrustDomains.some((one) => one.sameAs(this.mesh.cluster.trustDomain))) {
      throw new Error(`access policy '${this.node.path}' has its own trust domain '${this.mesh.cluster.trustDomain}' in federatedTrustDomains: `
        + 'remove it, identities of it may be named anyway');
    }
    for (const { cluster } of this.federatedMeshes) {
      if (cluster.trustDomain.sameAs(this.mesh.cluster.trustDomain)) {
        throw new Error(`federated mesh of cluster '${cluster.name}' has the own trust domain '${cluster.trustDomain}': `
          + 'policies could not tell its workloads from the own ones, give each cluster a trust domain of its own');
      }
    }
  }

  /**
   * Lets caller and called workload verify each other when they are of two trust domains, and tells the caller's cluster of what is allowed.
   * A partner's side is for the partner to see to. Who is only denied or marked does not get that far.
   */
  private federate({ source, destination, port }: AllowedCall, isAllowed: boolean): void {
    const foreign = this.foreignTrustDomain(source);
    if (foreign) {
      this.mesh.federate(destination, foreign);
    }
    const peer = certified(source);
    const home = this.federatedMeshes.find((mesh) => peer && mesh.isMember(peer));
    if (peer && home) {
      home.federate(peer, destination.identity.trustDomain);
      this.mesh.federate(destination, peer.identity.trustDomain);
      if (isAllowed) {
        Border.of(home).addCall({
          caller: peer,
          called: `${destination} of ${this.mesh.cluster.name}`,
          port: Border.of(home).isOtherNetwork(this.mesh) ? CROSS_NETWORK_PORT : port,
        });
      }
    }
  }

  private requireMembers({ source, destination }: AllowedCall): void {
    if (!(source instanceof AccessSource)) {
      requireProps('a call of an access policy', { source }, { source: 'IMeshPeer' });
    }
    const peer = certified(source);
    const where = `access from '${source instanceof AccessSource ? source : source.identity.principal}' to '${destination}'`;
    if (peer && ![this.mesh, ...this.federatedMeshes].some((mesh) => mesh.isMember(peer))) {
      throw new Error(`${where}: the caller is not enrolled in this mesh, so it has no such identity: pass what mesh.enroll() returned, or a gateway; `
        + 'name the mesh of another cluster in federatedMeshes');
    }
    if (source instanceof AccessSource && source._caller.kind === 'trustDomain' && source._caller.trustDomain.sameAs(this.mesh.cluster.trustDomain)) {
      throw new Error(`${where}: that is the own trust domain, of everybody in the mesh: name workloads, or namespaces by AccessSource.namespace`);
    }
    const foreign = this.foreignTrustDomain(source);
    if (foreign && !this.federatedTrustDomains.some((one) => one.sameAs(foreign))) {
      throw new Error(`${where}: the caller is of trust domain '${foreign}', and this mesh of `
        + `'${this.mesh.cluster.trustDomain}': name workloads of another mesh by reference, with federatedMeshes, or the trust domain of a partner in federatedTrustDomains`);
    }
    this.requireCalled(where, destination);
  }

  /**
   * Callers of a federated mesh that are allowed by name only: their side would not federate, and no connection would come about. They may be
   * enrolled later than they are named.
   */
  private referenceErrors({ action, source, destination }: AccessStatement): string[] {
    const { _caller: caller } = source;
    return action !== AccessAction.ALLOW ? [] : this.federatedMeshes.flatMap((mesh) => {
      if (caller.kind === 'trustDomain' && caller.trustDomain.sameAs(mesh.cluster.trustDomain)) {
        return [`access from '${source}' to '${destination}': that is everybody in the mesh of cluster '${mesh.cluster.name}', and only callers that are `
          + "named by reference federate with this one: allow each of its workloads, those enrolled so far are in the mesh's 'workloads'"];
      }
      const known = caller.kind === 'identity' ? mesh.workloads.find(({ identity }) => identity.spiffeId.sameAs(caller.spiffeId)) : undefined;
      return known ? [`access from '${source}' to '${destination}': that is '${known}' of cluster '${mesh.cluster.name}', and only callers that are `
        + 'named by reference federate with this one: pass the workload itself'] : [];
    });
  }

  private foreignTrustDomain(source: IMeshPeer | AccessSource): TrustDomain | undefined {
    const named = source instanceof AccessSource ? namedTrustDomain(source) : undefined;
    return named?.sameAs(this.mesh.cluster.trustDomain) ? undefined : named;
  }

  private requireCalled(where: string, destination: MeshWorkload): void {
    if (!this.mesh.isMember(destination)) {
      throw new Error(`${where}: the called workload is not enrolled in this mesh, so nothing would enforce the policy: pass what mesh.enroll() returned`);
    }
  }
}

/**
 * Whose certificate the called workload sees, when that is known.
 */
function certified(source: IMeshPeer | AccessSource): IMeshPeer | undefined {
  if (!(source instanceof AccessSource)) {
    return source;
  }
  return source._caller.kind === 'token' ? source._caller.through : undefined;
}

/**
 * The trust domain of a caller that is not known by reference, when the source says it.
 */
function namedTrustDomain({ _caller: caller }: AccessSource): TrustDomain | undefined {
  switch (caller.kind) {
    case 'trustDomain': return caller.trustDomain;
    case 'identity': return caller.spiffeId.trustDomain;
    default: return undefined;
  }
}
