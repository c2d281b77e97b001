import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Artifact, Platform, Stage } from '../../../delivery';
import { TrustDomain } from '../../../identity';
import { OpaPolicyConfigMap } from '../../envoy/opa-policy-config-map';
import { IWorkloads } from '../../istio/mesh';
import { labels } from '../../labels';
import { ACCESS_REGO, REGO_DATA } from '../../opa/access-rego';
import { AccessAction, AccessStatement, isHttpOnly } from '../access-statement';
import { absent, except, Expression } from '../enforcement';
import { handingOn } from '../handing-on';
import { OpaEnforcerProps } from '../opa-enforcer-props';
import { PathKind, PathPattern } from '../path-pattern';
import { CalledSide } from './called-side';
import { callerClaims, callerPattern } from './caller-pattern';
import { noting } from './istio-policies';
import { OpaAskers, opaAskers } from './opa-askers';
import { opaTests } from './opa-tests';

const POLICY_FILE = 'access.rego';
const DATA_FILE = 'access-data.json';

const CONFIG_MAP_LIMIT = 1024 * 1024;

/**
 * A Rego policy with the statements as data, and a test for each of them.
 */
export class OpaPolicy extends CalledSide {
  public readonly layer: string = 'OPA';
  private readonly statements: AccessStatement[] = [];
  private readonly trustDomain: TrustDomain;
  private readonly askers: OpaAskers;

  public constructor(scope: Construct, private readonly mesh: IWorkloads, props: OpaEnforcerProps) {
    super();
    this.trustDomain = mesh.cluster.trustDomain;
    this.askers = opaAskers(scope, mesh, props);
    const platform = Platform.of(scope);
    const file = (fileName: string, purpose: string, render: () => string) =>
      new Artifact(platform, `opa-${fileName}`, { fileName, purpose, content: { render } });
    file(POLICY_FILE, `the access policy for OPA: opa build with ${DATA_FILE}`, () => ACCESS_REGO);
    file(DATA_FILE, 'the statements of the access policy for OPA', () => this.data());
    file('access_test.rego', `a test for each statement: opa test ${POLICY_FILE} access_test.rego ${DATA_FILE}`,
      () => opaTests(this.statements, this.trustDomain));
    const { policy } = props;
    if (policy) {
      this.defineConfigMap(platform, policy);
      scope.node.addValidation({ validate: () => this.sizeErrors(policy.name) });
    }
  }

  public add(statement: AccessStatement): void {
    const { action, auditOnly, source: { _caller: caller }, destination, port } = statement;
    if (caller.kind === 'token') {
      this.askers.verify(destination, caller.issuer);
    }
    // what is only marked or tried must not have OPA refuse the rest of the port
    if (action !== AccessAction.AUDIT && !auditOnly) {
      this.objects.push(...this.askers.add(destination, port));
    }
    if (!this.isBlindTo(statement)) {
      this.statements.push(statement);
    } else if (action === AccessAction.ALLOW) {
      this.statements.push({ ...statement, source: handingOn(statement.source, this.mesh) });
    }
  }

  protected silence({ destination, port }: AccessStatement): string | undefined {
    return this.askers.silence(destination, port);
  }

  protected expressAsked(statement: AccessStatement): Expression {
    if (!this.isBlindTo(statement)) {
      return noting([], statement);
    }
    return statement.action === AccessAction.ALLOW
      ? except(['all tokens pass: Istio asks before it verifies them'])
      : absent('tokens are not seen: Istio asks before it verifies them');
  }

  private isBlindTo({ source }: AccessStatement): boolean {
    return source._caller.kind === 'token' && !this.askers.tellTokens;
  }

  private data(): string {
    const byCalled: any = {};
    this.statements.forEach((statement, index) => {
      const ports = byCalled[statement.destination.identity.spiffeId.uri] ??= {};
      (ports[statement.port] ??= []).push(statementData(statement, index, this.trustDomain));
    });
    return `${JSON.stringify({ [REGO_DATA]: byCalled }, undefined, 2)}\n`;
  }

  private defineConfigMap(platform: Platform, { name, namespace }: OpaPolicyConfigMap): void {
    this.objects.push(new ApiObject(platform.chart(Stage.POLICIES, namespace), `configmap-${name}`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace, labels: labels(name, namespace) },
      data: Lazy.any({ produce: () => ({ [POLICY_FILE]: ACCESS_REGO, [DATA_FILE]: this.data() }) }),
    }));
  }

  private sizeErrors(name: string): string[] {
    const size = Buffer.byteLength(ACCESS_REGO) + Buffer.byteLength(this.data());
    return size > CONFIG_MAP_LIMIT ? [`ConfigMap '${name}' would have ${size} bytes, Kubernetes takes ${CONFIG_MAP_LIMIT}: `
      + 'leave the ConfigMap out and serve the files as a bundle'] : [];
  }
}

function statementData(statement: AccessStatement, index: number, trustDomain: TrustDomain): any {
  const { action, auditOnly, source, methods, paths, hosts } = statement;
  const claims = callerClaims(source);
  return {
    id: index,
    action,
    ...(auditOnly ? { audit_only: true } : {}),
    caller: callerPattern(source, trustDomain),
    ...(isHttpOnly(statement) ? { http_only: true } : {}),
    ...(methods ? { methods } : {}),
    ...(paths ? { paths: paths.map(pathData) } : {}),
    ...(hosts ? { hosts } : {}),
    ...(claims ? { claims } : {}),
  };
}

function pathData(path: string): any {
  const pattern = PathPattern.parse('statement', path);
  return pattern.kind === PathKind.TEMPLATE ? { regex: `^${pattern.regex()}$` } : { [pattern.kind]: pattern.value };
}
