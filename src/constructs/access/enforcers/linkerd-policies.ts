import { createHash } from 'node:crypto';
import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Platform, Stage } from '../../../delivery';
import { MeshWorkload } from '../../istio/mesh-workload';
import { HttpLimit, httpRouteRules } from '../../linkerd/http-matches';
import { defineLinkerdObject, linkerdRef } from '../../linkerd/linkerd-object';
import { AccessSource, NamedCaller } from '../access-source';
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
  /** None while the callers of the port may ask for different things. */
  route?: ApiObject;
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
  private readonly authentications = new Map<string, string>();

  public constructor(private readonly scope: Construct) {}

  public add(statement: AccessStatement): void {
    const { action, auditOnly, source, destination } = statement;
    if (auditOnly || action === AccessAction.DENY) {
      return;
    }
    const caller = this.authenticate(requireNamed(source, destination), destination);
    const port = this.port(statement);
    if (!port.limits.has(caller)) {
      port.limits.set(caller, []);
      this.define('AuthorizationPolicy', `${port.name}-from-${caller}`, destination.namespace, {
        targetRef: Lazy.any({ produce: () => linkerdRef(port.route ? 'HTTPRoute' : 'Server', port.name) }),
        requiredAuthenticationRefs: [linkerdRef('MeshTLSAuthentication', caller)],
      });
    }
    port.limits.get(caller)!.push(limitOf(statement));
    this.keepRoute(port);
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
      return absent(auditOnly ? 'what is only watched is left out' : 'a denial is not expressed, since its policies only allow');
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
    const added: LinkerdPort = { name, workload, limits: new Map() };
    this.ports.set(key, added);
    return added;
  }

  /**
   * A port has a route as long as all of its callers may ask for the same. Bytes that are no HTTP have no route: who may use a route alone could not send them.
   */
  private keepRoute(port: LinkerdPort): void {
    const isCommon = commonRules(port) !== undefined;
    if (isCommon && !port.route) {
      port.route = this.define('HTTPRoute', port.name, port.workload.namespace, {
        parentRefs: [linkerdRef('Server', port.name)], rules: Lazy.any({ produce: () => commonRules(port) }),
      });
    } else if (!isCommon && port.route) {
      this.objects.splice(this.objects.indexOf(port.route), 1);
      port.route.node.scope!.node.tryRemoveChild(port.route.node.id);
      port.route = undefined;
    }
  }

  /**
   * The name of the object for a caller; callers whose names would be the same in an object get one each.
   */
  private authenticate(caller: NamedCaller, { namespace, identity }: MeshWorkload): string {
    const spec = identitiesOf(caller);
    const text = JSON.stringify(spec);
    const plain = callerName(caller, identity);
    const isTaken = (this.authentications.get(`${namespace}/${plain}`) ?? text) !== text;
    const name = isTaken ? `${plain}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}` : plain;
    if (!this.authentications.has(`${namespace}/${name}`)) {
      this.authentications.set(`${namespace}/${name}`, text);
      this.define('MeshTLSAuthentication', name, namespace, spec);
    }
    return name;
  }

  private define(kind: Parameters<typeof defineLinkerdObject>[1], name: string, namespace: string, spec: any): ApiObject {
    const object = defineLinkerdObject(Platform.of(this.scope).chart(Stage.POLICIES, namespace), kind, name, namespace, spec);
    this.objects.push(object);
    return object;
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
 * Refuses a trust domain: a star of Linkerd stands before the end of a DNS name, or for every identity.
 */
function requireNamed(source: AccessSource, called: MeshWorkload): NamedCaller {
  if (source._caller.kind === 'trustDomain') {
    throw new Error(`access from '${source}' to '${called}': Linkerd compares SPIFFE IDs whole, and would have to let every identity in, `
      + 'name identities by AccessSource.identity, or leave AccessEnforcer.linkerd() out');
  }
  return source._caller;
}

/**
 * Linkerd names its own identities by service account; a SPIFFE ID is that of a workload outside of the cluster.
 */
function identitiesOf(caller: NamedCaller): any {
  const account = ({ namespace, serviceAccount: name }: { readonly namespace: string; readonly serviceAccount: string }) =>
    ({ identityRefs: [{ kind: 'ServiceAccount', name, namespace }] });
  switch (caller.kind) {
    case 'workload': return caller.pods ? account(caller.identity) : { identities: [caller.identity.spiffeId.uri] };
    case 'namespace': return { identityRefs: [{ kind: 'Namespace', name: caller.namespace }] };
    case 'identity': return { identities: [caller.spiffeId.uri] };
    case 'token': return account(caller.through.identity);
  }
}
