import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Platform, Stage } from '../../../delivery';
import { MeshWorkload } from '../../istio/mesh-workload';
import { EVERY_REQUEST, HttpLimit, httpRouteRules } from '../../linkerd/http-matches';
import { defineLinkerdObject, linkerdRef } from '../../linkerd/linkerd-object';
import { AccessSource } from '../access-source';
import { AccessAction, AccessStatement } from '../access-statement';
import { absent, Enforcement, except, Expression } from '../enforcement';
import { PathPattern } from '../path-pattern';
import { callerName } from './caller-name';

/**
 * What is said about a port of a workload.
 */
interface LinkerdPort {
  readonly name: string;
  readonly workload: MeshWorkload;
  readonly limits: Map<string, HttpLimit[]>;
  hasRoute: boolean;
}

/**
 * Policies of Linkerd: a Server for each called port, and an authorization for each of its callers.
 *
 * A request is of one route only, and whoever may use a route may use all of it: methods and paths can be said where all callers of a port
 * have the same ones.
 */
export class LinkerdPolicies implements Enforcement {
  public readonly layer: string = 'Linkerd';
  public readonly objects: ApiObject[] = [];
  private readonly ports = new Map<string, LinkerdPort>();
  private readonly authentications = new Set<string>();

  public constructor(private readonly scope: Construct) {}

  public add(statement: AccessStatement): void {
    const { action, auditOnly, source, destination } = statement;
    if (auditOnly || action === AccessAction.DENY) {
      return;
    }
    const port = this.port(statement);
    const caller = callerName(source, destination);
    if (!port.limits.has(caller)) {
      port.limits.set(caller, []);
      this.authenticate(source, caller, destination.namespace);
      this.define('AuthorizationPolicy', `${port.name}-from-${caller}`, destination.namespace, {
        targetRef: Lazy.any({ produce: () => linkerdRef(port.hasRoute ? 'HTTPRoute' : 'Server', port.name) }),
        requiredAuthenticationRefs: [linkerdRef('MeshTLSAuthentication', caller)],
      });
    }
    port.limits.get(caller)!.push(limitOf(statement));
    if ((statement.methods ?? statement.paths) && !port.hasRoute) {
      port.hasRoute = true;
      this.define('HTTPRoute', port.name, destination.namespace, {
        parentRefs: [linkerdRef('Server', port.name)],
        rules: Lazy.any({ produce: () => commonRules(port) ?? EVERY_REQUEST }),
      });
    }
  }

  public audit(): void {
    // Linkerd's policies have no mark for a log
  }

  public addEgress(): void {
    // Linkerd's policies are about called workloads
  }

  public addMetrics(): void {
    // the ports of metrics have no Server: the default of their namespace holds
  }

  public addApiServer(): void {
    // Linkerd's policies are about called workloads
  }

  public denyByDefault(): void {
    // a default is an annotation of the namespace, which is not ours
  }

  public express(statement: AccessStatement): Expression {
    const { action, auditOnly, source, methods, paths, hosts } = statement;
    if (action === AccessAction.DENY || auditOnly) {
      return absent(auditOnly ? 'what is only watched is left out' : "Linkerd's policies only allow: a denial is not expressed");
    }
    const isLimited = (methods ?? paths) !== undefined;
    return except([
      ...(isLimited && !commonRules(this.port(statement)) ? ['all methods and paths pass, since the callers of the port differ in them'] : []),
      ...(hosts ? ['all hosts pass'] : []),
      ...(source._caller.kind === 'token' ? ['tokens are not looked at: all that comes through the gateway passes'] : []),
    ]);
  }

  public expressAudit(): Expression {
    return absent('requests are not marked');
  }

  public expressEgress(): Expression {
    return absent('calls to hosts outside are not limited');
  }

  private port({ destination: workload, port }: AccessStatement): LinkerdPort {
    const name = `${workload.identity.serviceAccount}-${port}`;
    const key = `${workload.namespace}/${name}`;
    const known = this.ports.get(key);
    if (known) {
      return known;
    }
    this.define('Server', name, workload.namespace, { podSelector: { matchLabels: workload.matchLabels }, port, accessPolicy: 'deny' });
    const added: LinkerdPort = { name, workload, limits: new Map(), hasRoute: false };
    this.ports.set(key, added);
    return added;
  }

  private authenticate(source: AccessSource, caller: string, namespace: string): void {
    const key = `${namespace}/${caller}`;
    if (!this.authentications.has(key)) {
      this.authentications.add(key);
      this.define('MeshTLSAuthentication', caller, namespace, identitiesOf(source));
    }
  }

  private define(kind: Parameters<typeof defineLinkerdObject>[1], name: string, namespace: string, spec: any): void {
    this.objects.push(defineLinkerdObject(Platform.of(this.scope).chart(Stage.POLICIES, namespace), kind, name, namespace, spec));
  }
}

/**
 * The rules of the route of a port when all of its callers may ask the same.
 */
function commonRules({ limits }: LinkerdPort): any[] | undefined {
  const [first, ...others] = [...limits.values()];
  const isLimited = first.every(({ methods, paths }) => (methods ?? paths) !== undefined);
  const sorted = (list: HttpLimit[]) => JSON.stringify(list.map((one) => JSON.stringify(one)).sort());
  return isLimited && others.every((one) => sorted(one) === sorted(first)) ? httpRouteRules(first) : undefined;
}

function limitOf({ methods, paths }: AccessStatement): HttpLimit {
  return { methods, paths: paths?.map((path) => PathPattern.parse('statement', path).regex()) };
}

/**
 * Linkerd names its own identities by service account; a SPIFFE ID is that of a workload outside of the cluster.
 */
function identitiesOf({ _caller: caller }: AccessSource): any {
  const account = ({ namespace, serviceAccount: name }: { readonly namespace: string; readonly serviceAccount: string }) =>
    ({ identityRefs: [{ kind: 'ServiceAccount', name, namespace }] });
  switch (caller.kind) {
    case 'workload': return caller.pods ? account(caller.identity) : { identities: [caller.identity.spiffeId.uri] };
    case 'namespace': return { identityRefs: [{ kind: 'Namespace', name: caller.namespace }] };
    case 'identity': return { identities: [caller.spiffeId.uri] };
    case 'token': return account(caller.through.identity);
  }
}
