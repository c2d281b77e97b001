import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Platform, Stage } from '../../../delivery';
import { Announcements } from '../../announcements';
import { Border, OutgoingCall } from '../../istio/border';
import { EGRESS_HTTP_PORT, EGRESS_TLS_PORT } from '../../istio/egress-gateway';
import { IWorkloads } from '../../istio/mesh';
import { IMeshPeer, MeshWorkload } from '../../istio/mesh-workload';
import { ServiceEntryProtocol } from '../../istio/service-entry';
import { apiServerRule, dnsRule, ranges } from '../../network/cluster-network';
import { NetworkPeer } from '../../network/network-peer';
import { NetworkPort, NetworkRule } from '../../network/network-policy-rule';
import { AccessSource } from '../access-source';
import { AccessAction, AccessStatement, isHttpOnly } from '../access-statement';
import { AmbientPods, HBONE_PORT, PROBE_ADDRESSES } from '../ambient-pods';
import { isEdge, openPorts } from '../edges';
import { EgressStatement, outsidePort } from '../egress-statement';
import { absent, Enforcement, except, Expression } from '../enforcement';
import { MetricsStatement } from '../metrics-statement';
import { NetworkPolicyEnforcerProps, requireNetwork } from '../network-policy-enforcer-props';
import { podsOf } from '../pods-of';
import { ProxyNetwork, proxyNetwork, StatedProxy } from './proxy-network';
import { PROXY_PORTS } from '../../istio/proxy-ports';

/**
 * What a workload may take and do.
 */
export interface WorkloadRules {
  readonly ingress: NetworkRule[];
  readonly egress: NetworkRule[];
  /** What is refused although a rule allows it. */
  readonly denied: NetworkRule[];
}

/**
 * A policy about the connections of some pods. A direction without rules is not limited, one with an empty list is closed.
 */
export interface ConnectionPolicyOptions extends Partial<WorkloadRules> {
  readonly name: string;
  readonly namespace: string;
  readonly podLabels: { readonly [key: string]: string };
}

/** A probe may ask at any port, declared or not. */
const EVERY_PORT: NetworkPort = { port: 1, endPort: 65535 };

/**
 * Policies about connections of pods: one for each workload that calls or is called, and two for its namespace, which is closed without them.
 */
export abstract class ConnectionPolicies implements Enforcement {
  public abstract readonly layer: string;
  public readonly objects: ApiObject[] = [];
  private readonly closed = new Map<string, Announcements<string>>();
  private readonly workloads = new Map<MeshWorkload, WorkloadRules>();
  private readonly callers = new Map<string, NetworkRule[]>();
  private readonly proxies: StatedProxy[] = [];
  private readonly network: ProxyNetwork;

  public constructor(private readonly scope: Construct, protected readonly mesh: IWorkloads, private readonly props: NetworkPolicyEnforcerProps) {
    requireNetwork(props);
    this.network = proxyNetwork(mesh, props.externalAddresses);
    this.network.onProxy((proxy) => this.addProxy(proxy));
    Border.of(mesh).onCall((call) => this.leave(call));
  }

  public add(statement: AccessStatement): void {
    const { action, auditOnly, source, destination, port } = statement;
    this.openKeys(statement);
    if (auditOnly) {
      return;
    }
    if (action === AccessAction.DENY) {
      this.deny(statement);
      return;
    }
    const caller = callingPods(source, this.mesh);
    const called = this.toCalled(destination, port);
    this.rules(destination).ingress.push(this.fromCaller(statement));
    this.ambient.onWaypoint(destination, (waypoint) => this.passWaypoint(waypoint, statement));
    if (caller) {
      this.rules(caller).egress.push(called);
    } else if (source._caller.kind === 'namespace') {
      this.egressOf(source._caller.namespace).push(called);
    } else {
      Border.of(this.mesh).onGateway((gateway) => this.rules(gateway).egress.push(called));
    }
  }

  public audit(statement: AccessStatement): void {
    // a network plugin does not see requests, but their proxy verifies tokens
    this.openKeys(statement);
  }

  public addEgress(statement: EgressStatement): void {
    const { source, hosts, protocol, gateway } = statement;
    const outside = { peers: ranges(this.props.externalAddresses), ports: [{ port: outsidePort(statement) }], hosts };
    this.rules(gateway?.workload ?? source).egress.push(outside);
    if (gateway) {
      const ports = [{ port: protocol === ServiceEntryProtocol.HTTP ? EGRESS_HTTP_PORT : EGRESS_TLS_PORT }];
      this.rules(source).egress.push({ peers: [podsPeer(gateway.workload)], ports });
      this.rules(gateway.workload).ingress.push({ peers: [podsPeer(source)], ports });
    }
  }

  public addMetrics({ workload, readerNamespace, readerLabels, ports: numbers }: MetricsStatement): void {
    const ports = numbers.map((port) => ({ port }));
    this.rules(workload).ingress.push({ peers: [NetworkPeer.pods(readerNamespace, readerLabels)], ports });
    this.closing(readerNamespace).onEach(() => this.egressOf(readerNamespace).push({ peers: [podsPeer(workload)], ports }));
  }

  public addApiServer(workload: MeshWorkload): void {
    this.rules(workload).egress.push(apiServerRule(this.props, this.mesh.cluster.apiServerPort));
  }

  public denyByDefault(namespace: string): void {
    if (this.isClosed(namespace)) {
      return;
    }
    this.closing(namespace).add(namespace);
    this.define('default-deny', namespace, {}, { ingress: [], egress: [] });
    this.define('mesh-base', namespace, {}, { egress: this.baseRules() });
    this.proxies.filter(({ workload }) => workload.namespace === namespace).forEach((proxy) => this.open(proxy));
    this.ambient.onUse(() => this.define('ambient-probes', namespace, {}, { ingress: [{ peers: PROBE_ADDRESSES, ports: [EVERY_PORT] }] }));
  }

  public express(statement: AccessStatement): Expression {
    if (statement.auditOnly) {
      return absent('what is only watched is left out');
    }
    if (statement.action === AccessAction.DENY) {
      return this.expressDenial(statement);
    }
    return except([
      ...(isHttpOnly(statement) ? ['all methods, paths, hosts and tokens pass'] : []),
      ...(this.peersOf(statement.source) ? [] : ['the pods of the caller are not known: everybody reaches the port']),
      ...this.ambientLosses(statement.destination),
    ]);
  }

  public expressAudit(): Expression {
    return absent('requests are not seen, and not logged');
  }

  public abstract expressEgress(statement: EgressStatement): Expression;

  protected abstract expressDenial(statement: AccessStatement): Expression;

  protected abstract deny(statement: AccessStatement): void;

  protected abstract defineObject(chart: Chart, options: ConnectionPolicyOptions): ApiObject;

  protected get ambient(): AmbientPods {
    return AmbientPods.of(this.mesh);
  }

  protected get externalAddresses(): string[] | undefined {
    return this.props.externalAddresses;
  }

  /**
   * The other end as pods; none when they are not known.
   */
  protected peersOf(source: AccessSource): NetworkPeer[] | undefined {
    const caller = certifiedCaller(source);
    const { gateways } = Border.of(this.mesh);
    const isBeyond = caller !== undefined && gateways.length > 0 && Border.of(this.mesh).isBeyond(caller);
    return this.ownPeersOf(source) ?? (isBeyond ? gateways.map(podsPeer) : undefined);
  }

  /**
   * The pods that stand for nobody but the caller; none when they are not known, or when others come by the same ones.
   */
  protected ownPeersOf(source: AccessSource): NetworkPeer[] | undefined {
    const pods = callingPods(source, this.mesh);
    if (pods) {
      return [podsPeer(pods)];
    }
    return source._caller.kind === 'namespace' ? [NetworkPeer.pods(source._caller.namespace)] : undefined;
  }

  /**
   * The gateway of another network and the mode of the called workload may be said later: the other end and the ports are read at the synthesis.
   */
  private fromCaller({ source, destination, port }: AccessStatement): NetworkRule {
    const peersOf = () => this.waypointPeers(destination) ?? this.peersOf(source);
    const portsOf = () => this.portsOf(destination, port);
    return { get peers() { return peersOf(); }, get ports() { return portsOf(); } };
  }

  private toCalled(destination: MeshWorkload, port: number): NetworkRule {
    const peersOf = () => this.waypointPeers(destination) ?? [podsPeer(destination)];
    const portsOf = () => this.portsOf(destination, port);
    return { get peers() { return peersOf(); }, get ports() { return portsOf(); } };
  }

  /**
   * Who may call a workload behind a waypoint reaches the waypoint, and that reaches the workload.
   */
  private passWaypoint(waypoint: MeshWorkload, { source, destination }: AccessStatement): void {
    const peersOf = () => this.peersOf(source);
    const { ingress, egress } = this.rules(waypoint);
    ingress.push({ get peers() { return peersOf(); }, ports: [{ port: HBONE_PORT }] });
    egress.push({ peers: [podsPeer(destination)], ports: [{ port: HBONE_PORT }] });
  }

  private waypointPeers(destination: MeshWorkload): NetworkPeer[] | undefined {
    const waypoint = this.ambient.waypointOf(destination);
    return waypoint && [podsPeer(waypoint)];
  }

  /**
   * Where a connection arrives. An ambient pod takes nothing of the mesh at its own ports, and ambient callers come to sidecars by HBONE, too.
   */
  private portsOf(destination: MeshWorkload, port: number): NetworkPort[] {
    const own = this.ambient.has(destination) ? [] : [{ port }];
    return [...own, ...(this.ambient.areUsed ? [{ port: HBONE_PORT }] : [])];
  }

  private ambientLosses(destination: MeshWorkload): string[] {
    if (!this.ambient.areUsed) {
      return [];
    }
    const connections = this.ambient.has(destination) ? 'connections' : 'those of ambient callers';
    return [
      `all ports of the called workload pass: ${connections} come to port ${HBONE_PORT}`,
      ...(this.ambient.waypointOf(destination) ? ['all workloads behind the waypoint are reached by it'] : []),
    ];
  }

  /**
   * The way to another cluster; whom a workload may call there is for that cluster to say.
   */
  private leave({ caller, port, hosts }: OutgoingCall): void {
    const pods = podsOf(caller, this.mesh);
    if (pods) {
      this.rules(pods).egress.push({ peers: ranges(this.props.externalAddresses), ports: [{ port }], hosts });
    }
  }

  private openKeys({ source: { _caller: caller }, destination }: AccessStatement): void {
    const keys = caller.kind === 'token' ? this.network.keysOf(caller.issuer) : [];
    if (keys.length > 0) {
      this.rules(destination).egress.push(...keys);
    }
  }

  private addProxy(proxy: StatedProxy): void {
    this.proxies.push(proxy);
    if (this.isClosed(proxy.workload.namespace)) {
      this.open(proxy);
    }
  }

  /**
   * What a proxy says itself holds in a closed namespace, too.
   */
  private open({ workload, ingress, egress }: StatedProxy): void {
    const rules = this.rules(workload);
    rules.ingress.push(...ingress);
    rules.egress.push(...egress);
  }

  private baseRules(): NetworkRule[] {
    return [
      dnsRule(this.props),
      ...this.network.base,
      ...(this.props.sharedServices ?? []).map((service) => ({ peers: service.peers, ports: [{ port: service.port }] })),
    ];
  }

  /**
   * The rules of a workload; the first statement about it defines its policy. A gateway takes what comes from outside.
   */
  protected rules(workload: MeshWorkload): WorkloadRules {
    const known = this.workloads.get(workload);
    if (known) {
      return known;
    }
    const ports = [...openPorts(workload), PROXY_PORTS.health].map((port) => ({ port }));
    const rules: WorkloadRules = { ingress: isEdge(workload) ? [{ peers: undefined, ports }] : [], egress: [], denied: [] };
    this.workloads.set(workload, rules);
    this.denyByDefault(workload.namespace);
    this.define(workload.identity.serviceAccount, workload.namespace, workload.matchLabels, rules);
    return rules;
  }

  /**
   * What all pods of a namespace may call.
   */
  private egressOf(namespace: string): NetworkRule[] {
    const egress = this.callers.get(namespace) ?? [];
    if (!this.callers.has(namespace)) {
      this.callers.set(namespace, egress);
      this.denyByDefault(namespace);
      this.define('calls-of-namespace', namespace, {}, { egress });
    }
    return egress;
  }

  private isClosed(namespace: string): boolean {
    return this.closing(namespace).all.length > 0;
  }

  /**
   * A namespace is closed now, later or never: what others open in it waits for that.
   */
  private closing(namespace: string): Announcements<string> {
    const known = this.closed.get(namespace) ?? new Announcements();
    this.closed.set(namespace, known);
    return known;
  }

  private define(name: string, namespace: string, podLabels: { readonly [key: string]: string }, rules: Partial<WorkloadRules>): void {
    const chart = Platform.of(this.scope).chart(Stage.POLICIES, `${namespace}-network`);
    this.objects.push(this.defineObject(chart, { name, namespace, podLabels, ...rules }));
  }
}

/**
 * The pods whose connection a called workload sees.
 */
function callingPods({ _caller: caller }: AccessSource, mesh: IWorkloads): MeshWorkload | undefined {
  switch (caller.kind) {
    case 'workload': return caller.pods;
    case 'token': return podsOf(caller.through, mesh);
    default: return undefined;
  }
}

/**
 * Who proves an identity to the called workload, when it is known by reference.
 */
function certifiedCaller({ _caller: caller }: AccessSource): IMeshPeer | undefined {
  switch (caller.kind) {
    case 'workload': return caller;
    case 'token': return caller.through;
    default: return undefined;
  }
}

function podsPeer({ namespace, matchLabels }: MeshWorkload): NetworkPeer {
  return NetworkPeer.pods(namespace, matchLabels);
}
