import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { accessStatement, AllowedCall } from './access-call';
import { AccessEnforcer } from './access-enforcer';
import { AccessRequest } from './access-request';
import { AccessAction, AccessStatement } from './access-statement';
import { AccessDecision, decide } from './decision';
import { EgressCall } from './egress';
import { egressStatement } from './egress-statement';
import { Enforcement } from './enforcement';
import { KnownCallers } from './known-callers';
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
import { requireWorkloadNamespace } from '../istio/input';
import { IWorkloads } from '../istio/mesh';
import { MeshWorkload } from '../istio/mesh-workload';
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
  private readonly callers: KnownCallers;
  private readonly enforcements: Enforcement[];
  private readonly report: AccessReport;
  private readonly stated: AccessStatement[] = [];

  public constructor(scope: Construct, id: string, props: AccessPolicyProps) {
    super(scope, id);
    requireProps(`AccessPolicy '${id}'`, props, { mesh: 'IWorkloads', enforcers: 'AccessEnforcer[]?', federatedMeshes: 'IWorkloads[]?', federatedTrustDomains: 'TrustDomain[]?' });
    this.mesh = props.mesh;
    this.callers = new KnownCallers(`access policy '${this.node.path}'`, props.mesh, props.federatedMeshes ?? [], props.federatedTrustDomains ?? []);
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
        ...policyErrors(Platform.of(this), this.mesh, this.stated, this.enforcements.map(({ layer }) => layer)),
        ...this.stated.flatMap((one) => this.callers.referenceErrors(one)),
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
    this.callers.requireCalled(`metrics of '${access.workload}'`, access.workload);
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
    this.callers.requireCalled(`calls of '${workload}' to the API server`, workload);
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
    this.callers.requireMembers(call);
    const statement = accessStatement(action, call, this.mesh);
    const [error] = this.callers.referenceErrors(statement);
    if (error) {
      throw new Error(error);
    }
    this.enforcements.forEach((enforcement) => action === AccessAction.AUDIT ? enforcement.audit(statement) : enforcement.add(statement));
    this.stated.push(statement);
    this.report.add(statement, this.enforcements);
    if (action === AccessAction.ALLOW) {
      this.callers.federate(call, !statement.auditOnly);
    }
  }
}
