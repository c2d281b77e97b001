import { Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { Artifact, Platform } from '../../../delivery';
import { TrustDomain } from '../../../identity';
import { jwksClusters } from '../../envoy/clusters';
import { EnvoyMesh } from '../../envoy/envoy-mesh';
import { jwtAuthnFilters } from '../../envoy/jwt-authn';
import { SidecarRules } from '../../envoy/mesh-sidecar';
import { httpRbacFilters, networkRbacFilters, RbacRule, RbacRules } from '../../envoy/rbac-filter';
import { allOf, anyOf, claimIn, destinationPort, hostIs, methodIn, principalName, urlPath } from '../../envoy/rbac-matchers';
import { UriMatch } from '../../envoy/secrets';
import { VerifiedTokens } from '../../envoy/verified-tokens';
import { IWorkloads } from '../../istio/mesh';
import { MeshWorkload } from '../../istio/mesh-workload';
import { AccessAction, AccessStatement, isHttpOnly } from '../access-statement';
import { SPACED_CLAIMS } from '../decision';
import { Expression } from '../enforcement';
import { PathKind, PathPattern } from '../path-pattern';
import { CalledSide } from './called-side';
import { callerClaims, callerPattern } from './caller-pattern';
import { noting } from './istio-policies';

/**
 * RBAC filters for proxies with a bootstrap of their own: one document for each called workload.
 */
export class EnvoyRbac extends CalledSide implements SidecarRules {
  public readonly layer: string = 'Envoy RBAC';
  private readonly statements = new Map<MeshWorkload, AccessStatement[]>();
  private readonly trustDomain: TrustDomain;

  public constructor(scope: Construct, private readonly mesh: IWorkloads) {
    super();
    this.trustDomain = mesh.cluster.trustDomain;
    if (mesh instanceof EnvoyMesh) {
      mesh._use(this);
      return;
    }
    new Artifact(Platform.of(scope), 'envoy-rbac', {
      fileName: 'envoy-rbac.yaml',
      purpose: 'RBAC filters for static Envoy sidecars, one document for each called workload',
      content: { render: () => Yaml.stringify(...[...this.statements].map(([workload, about]) => this.filters(workload, about))) },
    });
  }

  public add(statement: AccessStatement): void {
    const about = this.statements.get(statement.destination) ?? [];
    this.statements.set(statement.destination, about);
    about.push(statement);
    const caller = statement.source._caller;
    if (caller.kind === 'token') {
      VerifiedTokens.of(this.mesh).add(statement.destination, caller.issuer);
    }
  }

  /**
   * The statements about an enrolled workload, for its own proxy.
   */
  public rulesAbout(workload: MeshWorkload): RbacRules {
    return this.rules(this.statements.get(workload) ?? [], true);
  }

  public callersOf(workload: MeshWorkload, port: number): UriMatch[] {
    return this.allowed(workload).filter((one) => one.port === port).map((one) => callerPattern(one.source, this.trustDomain));
  }

  public portsOf(workload: MeshWorkload): number[] {
    return this.allowed(workload).map(({ port }) => port);
  }

  protected expressAsked(statement: AccessStatement): Expression {
    return noting([], statement);
  }

  protected silence(): string | undefined {
    return this.mesh instanceof EnvoyMesh ? undefined : 'its filters are in the file envoy-rbac.yaml, and in no proxy of the mesh';
  }

  private allowed(workload: MeshWorkload): AccessStatement[] {
    return (this.statements.get(workload) ?? []).filter(({ action, auditOnly }) => action === AccessAction.ALLOW && !auditOnly);
  }

  private filters(workload: MeshWorkload, statements: AccessStatement[]): any {
    const issuers = VerifiedTokens.of(this.mesh).issuersOf(workload);
    return {
      workload: workload.identity.spiffeId.uri,
      http_filters: [...jwtAuthnFilters(issuers), ...httpRbacFilters(this.rules(statements, true))],
      network_filters: networkRbacFilters(this.rules(statements, false)),
      ...(issuers.length > 0 ? { clusters: jwksClusters(issuers) } : {}),
    };
  }

  private rules(statements: AccessStatement[], isHttp: boolean): RbacRules {
    const of = (action: AccessAction, auditOnly: boolean) => statements.map((one, index): [AccessStatement, number] => [one, index])
      .filter(([one]) => one.action === action && one.auditOnly === auditOnly && (isHttp || action === AccessAction.DENY || !isHttpOnly(one)))
      .map(([one, index]) => this.rule(one, `${index} ${one.source}`, isHttp));
    return {
      audit: of(AccessAction.AUDIT, false),
      deny: of(AccessAction.DENY, false),
      allow: of(AccessAction.ALLOW, false),
      shadowDeny: of(AccessAction.DENY, true),
      shadowAllow: of(AccessAction.ALLOW, true),
    };
  }

  /**
   * Without HTTP there are no methods, paths, hosts and tokens: a denial holds without looking at them.
   */
  private rule(statement: AccessStatement, name: string, isHttp: boolean): RbacRule {
    const { port, methods, paths, hosts } = statement;
    return {
      name,
      principal: this.principal(statement, isHttp),
      permissions: [
        destinationPort(port),
        ...(isHttp && methods ? [methodIn(methods)] : []),
        ...(isHttp && paths ? [anyOf(paths.map((path) => urlPath(pathMatcher(path))))] : []),
        ...(isHttp && hosts ? [anyOf(hosts.map(hostIs))] : []),
      ],
    };
  }

  private principal({ source }: AccessStatement, isHttp: boolean): any {
    const name = principalName(callerPattern(source, this.trustDomain));
    const claims = Object.entries(callerClaims(source) ?? {});
    return isHttp && claims.length > 0
      ? allOf([name, ...claims.map(([claim, values]) => claimIn(claim, values, SPACED_CLAIMS.includes(claim)))])
      : name;
  }
}

function pathMatcher(path: string): any {
  const pattern = PathPattern.parse('statement', path);
  return pattern.kind === PathKind.TEMPLATE ? { safe_regex: { regex: pattern.regex() } } : { [pattern.kind]: pattern.value };
}
