import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Platform, Stage } from '../../../delivery';
import { TokenIssuers } from '../../envoy/token-issuers';
import { AuthorizationRule } from '../../istio/authorization-rule';
import { authorizationRuleJson } from '../../istio/authorization-rule-json';
import { capturesDns } from '../../istio/dns-capture';
import { EgressGateway } from '../../istio/egress-gateway';
import { defineIstioObject } from '../../istio/istio-object';
import { IMesh } from '../../istio/mesh';
import { MeshWorkload } from '../../istio/mesh-workload';
import { ServiceEntry, ServiceEntryProtocol } from '../../istio/service-entry';
import { AccessStatement } from '../access-statement';
import { EgressStatement } from '../egress-statement';
import { Enforcement, except, Expression, WHOLE } from '../enforcement';
import { TokenIssuer } from '../token-issuer';
import { EgressRoutes } from './egress-routes';
import { callerSource, tokenConditions } from './istio-caller';
import { MergedPolicies } from './merged-policies';

/**
 * AuthorizationPolicies for the proxies of the called workloads: one for each workload, action and mode, whoever calls.
 */
export class IstioPolicies implements Enforcement {
  public readonly layer: string = 'Istio';
  public readonly objects: ApiObject[] = [];
  private readonly merged = new Map<string, MergedPolicies>();
  private readonly issuers = new Map<MeshWorkload, TokenIssuers>();
  private readonly outside = new Map<string, ServiceEntryProtocol>();
  private readonly byTcp = new Map<string, string>();
  private readonly ways = new Map<string, string>();
  private readonly gateways = new Map<EgressGateway, EgressRoutes>();

  public constructor(protected readonly scope: Construct, protected readonly mesh: IMesh) {}

  public add(statement: AccessStatement): void {
    this.write(statement, { selector: { matchLabels: statement.destination.matchLabels } }, [statement.port]);
  }

  public audit(statement: AccessStatement): void {
    this.add(statement);
  }

  public addEgress(statement: EgressStatement): void {
    const { source, hosts, gateway } = statement;
    hosts.forEach((host) => this.claimWay(`${source.namespace}/${host}`, gateway?.identity.principal ?? 'directly'));
    if (gateway) {
      this.routesOf(gateway).add(statement);
    } else {
      hosts.forEach((host) => this.register(host, statement));
    }
  }

  public addMetrics(): void {
    // the ports of metrics are not intercepted: no policy holds there
  }

  public addApiServer(): void {
    // its Service is in the registry of the mesh already
  }

  public denyByDefault(namespace: string): void {
    this.defineOnce('default-deny', namespace, {});
  }

  public express(statement: AccessStatement): Expression {
    return noting([], statement);
  }

  public expressAudit(statement: AccessStatement): Expression {
    return this.express(statement);
  }

  public expressEgress({ source, port, protocol, gateway }: EgressStatement): Expression {
    return gateway ? WHOLE : except([
      `every workload of namespace ${source.namespace} may call the host`,
      ...(this.isBlindTo(protocol) ? [`what workloads of namespace ${source.namespace} send to any address on port ${port} goes to the host`] : []),
    ]);
  }

  /**
   * The registry of outside hosts is of the namespace, since a proxy cannot name its own workload there.
   */
  private register(host: string, { source: { namespace }, port, protocol }: EgressStatement): void {
    const name = `${host}-${port}`;
    const key = `${namespace}/${name}`;
    this.requireAloneByTcp(host, namespace, port, protocol);
    const known = this.outside.get(key);
    if (known !== undefined && known !== protocol) {
      throw new Error(`host '${host}' is called from namespace '${namespace}' on port ${port} by ${known} and by ${protocol}: a port speaks one of them`);
    }
    if (known === undefined) {
      this.outside.set(key, protocol);
      this.objects.push(new ServiceEntry(this.scope, `egress-${namespace}-${name}`, {
        name, namespace, hosts: [host], ports: [{ port, protocol }], additionalSpec: { exportTo: ['.'] },
      }).apiObject);
    }
  }

  /**
   * Nothing in TCP says which host is meant: a proxy would send what is for the second host to the first.
   */
  private requireAloneByTcp(host: string, namespace: string, port: number, protocol: ServiceEntryProtocol): void {
    const place = `${namespace}:${port}`;
    const other = this.byTcp.get(place) ?? host;
    if (this.isBlindTo(protocol)) {
      this.byTcp.set(place, other);
      if (other !== host) {
        throw new Error(`hosts '${other}' and '${host}' are called from namespace '${namespace}' on port ${port} by TCP, which does not tell them apart: `
          + 'use TLS if they speak it, call them from two namespaces, or have proxies answer DNS (ISTIO_META_DNS_CAPTURE in the mesh configuration)');
      }
    }
  }

  private isBlindTo(protocol: ServiceEntryProtocol): boolean {
    return protocol === ServiceEntryProtocol.TCP && !capturesDns(this.mesh);
  }

  /**
   * The proxies of a namespace share one registry: a host has one way for all of them.
   */
  private claimWay(host: string, way: string): void {
    const other = this.ways.get(host) ?? way;
    this.ways.set(host, way);
    if (other !== way) {
      throw new Error(`host '${host.split('/')[1]}' is called from namespace '${host.split('/')[0]}' in two ways, ${way} and ${other}: `
        + 'the proxies of a namespace share one registry, use one way');
    }
  }

  private routesOf(gateway: EgressGateway): EgressRoutes {
    const routes = this.gateways.get(gateway) ?? new EgressRoutes(gateway, (stage, apiVersion, kind, name, spec) => {
      const object = defineIstioObject(this.scope, stage, { apiVersion, kind, name, namespace: gateway.namespace, spec });
      this.objects.push(object);
      return object;
    });
    this.gateways.set(gateway, routes);
    return routes;
  }

  /**
   * @param target what the policy is for: the pods, or what stands before them
   * @param ports the ports as the target sees them
   */
  protected write(statement: AccessStatement, target: any, ports: number[] | undefined): void {
    const { source, destination, methods, paths } = statement;
    const operation = { ports, methods, paths, hosts: statement.hosts?.flatMap(hostForms) };
    const isLimited = Object.values(operation).some((list) => list !== undefined);
    const rule: AuthorizationRule = {
      sources: [callerSource(source, this.mesh)], operations: isLimited ? [operation] : undefined, conditions: tokenConditions(source),
    };
    const json = authorizationRuleJson(`access from '${source}' to '${destination}'`, rule);
    this.policies(statement, target).add(json);
    if (source._caller.kind === 'token') {
      this.verifyTokens(destination, source._caller.issuer, target);
    }
  }

  private policies({ action, auditOnly, destination }: AccessStatement, target: any): MergedPolicies {
    const name = [destination.identity.serviceAccount, action, ...(auditOnly ? ['dry-run'] : [])].join('-');
    const key = `${destination.namespace}/${name}`;
    const known = this.merged.get(key);
    if (known) {
      return known;
    }
    const added = new MergedPolicies(`AuthorizationPolicy '${name}' of '${destination}'`, (suffix, rules) => {
      this.define(Stage.POLICIES, 'AuthorizationPolicy', `${name}${suffix}`, destination.namespace, {
        ...target, action: action.toUpperCase(), rules: Lazy.any({ produce: rules }),
      }, auditOnly ? { 'istio.io/dry-run': 'true' } : undefined);
    });
    this.merged.set(key, added);
    return added;
  }

  /**
   * Without it a token is not looked at, and no rule on its claims matches.
   */
  private verifyTokens(workload: MeshWorkload, issuer: TokenIssuer, target: any): void {
    const known = this.issuers.get(workload);
    const issuers = known ?? new TokenIssuers(workload);
    issuers.add(issuer);
    if (!known) {
      this.issuers.set(workload, issuers);
      this.define(Stage.POLICIES, 'RequestAuthentication', workload.identity.serviceAccount, workload.namespace, {
        ...target,
        // without it the proxy takes the token away, and the workload could not hand it on
        jwtRules: Lazy.any({
          produce: () => issuers.all.map((one) => (
            { issuer: one.issuer, jwksUri: one.jwksUri, audiences: one.audiences, forwardOriginalToken: true }
          )),
        }),
      });
    }
  }

  /**
   * A policy of the mesh stage that others may have defined already.
   */
  protected defineOnce(name: string, namespace: string, spec: any): void {
    const chart = Platform.of(this.scope).chart(Stage.MESH, namespace);
    if (!chart.node.tryFindChild(`authorizationpolicy-${name}`)) {
      this.define(Stage.MESH, 'AuthorizationPolicy', name, namespace, spec);
    }
  }

  protected define(
    stage: Stage, kind: string, name: string, namespace: string, spec: any, annotations?: { readonly [key: string]: string },
  ): ApiObject {
    const object = defineIstioObject(this.scope, stage, { apiVersion: 'security.istio.io/v1', kind, name, namespace, annotations, spec });
    this.objects.push(object);
    return object;
  }
}

/**
 * What a proxy writes, apart from what it cannot see. To look at a token means to verify it, whatever the statement does.
 */
export function noting(lost: string[], { source, destination }: AccessStatement): Expression {
  const effects = source._caller.kind === 'token'
    ? [`each request to ${destination} with a token that is not of its issuers, or does not verify, gets 401, whoever sends it`] : [];
  return { fidelity: except(lost).fidelity, lost: [...lost, ...effects] };
}

/**
 * Istio compares the whole Host header: with port, and with the final dot of a full DNS name.
 */
function hostForms(host: string): string[] {
  return [host, `${host}:*`, `${host}.`, `${host}.:*`];
}
