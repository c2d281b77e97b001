import { ApiObject, Lazy } from 'cdk8s';
import { EgressHost } from './egress-host';
import { MergedPolicies } from './merged-policies';
import { Stage } from '../../../delivery';
import { authorizationRuleJson } from '../../istio/authorization-rule-json';
import { EgressGateway, EGRESS_HTTP_PORT, EGRESS_TLS_PORT } from '../../istio/egress-gateway';
import { ServiceEntryProtocol } from '../../istio/service-entry';
import { EgressStatement } from '../egress-statement';

const NETWORKING = 'networking.istio.io/v1';
const SECURITY = 'security.istio.io/v1';

/**
 * Defines an object in the namespace of the egress gateway.
 */
export type DefineObject = (stage: Stage, apiVersion: string, kind: string, name: string, spec: any) => ApiObject;

/**
 * The hosts that are called through an egress gateway, and who may call which of them.
 *
 * Callers prove their identity to the gateway by mutual TLS under the name of the host, and inside of it speak to the host themselves.
 */
export class EgressRoutes {
  private readonly hosts = new Map<string, EgressHost>();
  private readonly policies: MergedPolicies;

  public constructor(private readonly gateway: EgressGateway, private readonly define: DefineObject) {
    const { name, host, selector } = gateway;
    const of = <T>(part: (host: EgressHost) => T) => Lazy.any({ produce: () => this.sorted().flatMap(part) });
    define(Stage.GATEWAYS, NETWORKING, 'Gateway', name, { selector, servers: of((one) => one.servers()) });
    const exportTo = Lazy.any({ produce: () => [...new Set(this.sorted().flatMap((one) => one.exportTo()))].sort() });
    define(Stage.POLICIES, NETWORKING, 'DestinationRule', name, { host, subsets: of((one) => [one.subset()]), exportTo });
    this.policies = new MergedPolicies(`AuthorizationPolicy '${name}-allow'`, (suffix, rules) =>
      define(Stage.POLICIES, SECURITY, 'AuthorizationPolicy', `${name}-allow${suffix}`, {
        selector: { matchLabels: selector }, action: 'ALLOW', rules: Lazy.any({ produce: rules }),
      }));
  }

  public add(statement: EgressStatement): void {
    const { source, hosts, protocol } = statement;
    hosts.forEach((host) => this.host(host, statement));
    this.policies.add(authorizationRuleJson(`egress of '${source}'`, {
      sources: [{ identities: [source.identity] }],
      operations: [{ ports: [protocol === ServiceEntryProtocol.HTTP ? EGRESS_HTTP_PORT : EGRESS_TLS_PORT] }],
      // the name under which the caller came, by which the gateway chooses the host
      conditions: [{ key: 'connection.sni', values: [...hosts].sort() }],
    }));
  }

  private host(name: string, statement: EgressStatement): void {
    const known = this.hosts.get(name);
    const host = known ?? new EgressHost(name, this.gateway);
    const begunBefore = host.beginsTls;
    host.add(statement);
    if (!known) {
      this.hosts.set(name, host);
      this.define(Stage.POLICIES, NETWORKING, 'ServiceEntry', name, Lazy.any({ produce: () => host.serviceEntrySpec() }));
      const gateway = `${this.gateway.namespace}/${this.gateway.name}`;
      this.define(Stage.POLICIES, NETWORKING, 'VirtualService', name, Lazy.any({ produce: () => host.virtualServiceSpec(gateway) }));
    }
    if (host.beginsTls && !begunBefore) {
      this.define(Stage.POLICIES, NETWORKING, 'DestinationRule', name, Lazy.any({ produce: () => host.destinationRuleSpec() }));
    }
  }

  private sorted(): EgressHost[] {
    return [...this.hosts.values()].sort((a, b) => a.host < b.host ? -1 : 1);
  }
}
