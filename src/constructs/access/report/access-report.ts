import { ApiObject } from 'cdk8s';
import { Artifact, Platform } from '../../../delivery';
import { Border } from '../../istio/border';
import { IWorkloads } from '../../istio/mesh';
import { MeshWorkload } from '../../istio/mesh-workload';
import { AccessAction, AccessStatement } from '../access-statement';
import { edgesOf } from '../edges';
import { EgressStatement } from '../egress-statement';
import { Enforcement, Expression } from '../enforcement';
import { MetricsStatement } from '../metrics-statement';
import { objectsOf } from '../objects-of';
import { podsOf } from '../pods-of';
import { accessMarkdown } from './access-markdown';
import { AccessMatrix } from './access-matrix';
import { accessSvg } from './access-svg';
import { isChanged } from './changed-objects';
import { openNamespaces } from './open-namespaces';
import { isPolicy } from './policy-kinds';
import { policyLine } from './policy-line';

const REPORTS = new WeakMap<Platform, AccessReport>();

/**
 * The report of a cluster: who may call whom, and what each layer cannot express.
 */
export class AccessReport {
  public static of(platform: Platform): AccessReport {
    const known = REPORTS.get(platform);
    if (known) {
      return known;
    }
    const report = new AccessReport(platform);
    REPORTS.set(platform, report);
    return report;
  }

  private readonly meshes = new Set<IWorkloads>();
  private readonly enforcements = new Set<Enforcement>();
  private readonly expressed: { statement: AccessStatement; by: Enforcement[] }[] = [];
  private readonly egress: { statement: EgressStatement; by: Enforcement[] }[] = [];
  private readonly metrics: MetricsStatement[] = [];
  private readonly apiServer = new Set<MeshWorkload>();

  private constructor(private readonly platform: Platform) {
    new Artifact(platform, 'access-report', {
      fileName: 'ACCESS.md',
      purpose: 'who may call whom, layer by layer',
      content: { render: () => accessMarkdown(this.matrix()) },
    });
    new Artifact(platform, 'access-picture', {
      fileName: 'ACCESS.svg',
      purpose: 'who may call whom, as a picture',
      content: { render: () => accessSvg(this.matrix()) },
    });
  }

  public addPolicy(mesh: IWorkloads, enforcements: Enforcement[]): void {
    this.meshes.add(mesh);
    enforcements.forEach((enforcement) => this.enforcements.add(enforcement));
  }

  public add(statement: AccessStatement, by: Enforcement[]): void {
    this.expressed.push({ statement, by });
  }

  public addEgress(statement: EgressStatement, by: Enforcement[]): void {
    this.egress.push({ statement, by });
  }

  public addMetrics(statement: MetricsStatement): void {
    this.metrics.push(statement);
  }

  public addApiServer(workload: MeshWorkload): void {
    this.apiServer.add(workload);
  }

  public matrix(): AccessMatrix {
    return {
      cluster: this.platform.cluster.name,
      layers: [...new Set([...this.enforcements].map((one) => one.layer))],
      statements: this.expressed.map(({ statement, by }) => ({
        statement, layers: by.map((one) => ({ layer: one.layer, expression: expressed(one, statement) })),
      })),
      egress: this.egress.map(({ statement, by }) => ({
        statement, layers: by.map((one) => ({ layer: one.layer, expression: one.expressEgress(statement) })),
      })),
      metrics: this.metrics,
      edges: edgesOf([...this.meshes].flatMap((mesh) => mesh.workloads)),
      calledElsewhere: [...this.meshes].flatMap((mesh) => Border.of(mesh).calls.map(({ caller, called, port }) =>
        [podsOf(caller, mesh)?.toString() ?? caller.identity.principal, called, String(port)])),
      apiServer: [...this.apiServer].map(String),
      open: openNamespaces(objectsOf(this.platform)),
      others: this.otherPolicies(),
      patched: this.patchedPolicies(),
    };
  }

  private otherPolicies(): string[] {
    const own = new Set(this.ownObjects());
    return objectsOf(this.platform).filter((object) => !own.has(object) && isPolicy(object)).map((object) => policyLine(object.toJson())).sort();
  }

  private patchedPolicies(): string[] {
    return this.ownObjects().filter(isChanged).map((object) => policyLine(object.toJson())).sort();
  }

  private ownObjects(): ApiObject[] {
    return [...this.enforcements].flatMap((one) => one.objects);
  }
}

function expressed(by: Enforcement, statement: AccessStatement): Expression {
  return statement.action === AccessAction.AUDIT ? by.expressAudit(statement) : by.express(statement);
}
