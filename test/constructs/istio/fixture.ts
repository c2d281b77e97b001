import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart, Duration } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { Artifact, Cluster, GitOpsApp, ISpire, IstioMesh, IstioMeshProps, Platform, TrustDomain, WorkloadApiSocket } from '../../../src';
import { RESTRICTED_CONTAINER, restrictedPodSecurity } from '../../../src/constructs/pod-security';

/**
 * A platform with a mesh, and a chart for the workloads of users.
 */
export class Fixture {
  public readonly app = new GitOpsApp();
  public readonly platform: Platform;
  public readonly spire: ISpire;
  public readonly mesh: IstioMesh;
  public readonly user: Chart;

  public constructor(
    props: Partial<IstioMeshProps> & { readonly socketFile?: string; readonly apiServerPort?: number; readonly trustDomain?: string } = {},
  ) {
    const { socketFile, apiServerPort, trustDomain, ...meshProps } = props;
    const cluster = Cluster.of({ name: 'prod', trustDomain: TrustDomain.of(trustDomain ?? 'example.org'), apiServerPort });
    this.platform = new Platform(this.app, 'prod', { cluster });
    this.spire = {
      cluster,
      socket: WorkloadApiSocket.of({ fileName: socketFile }),
      className: 'spire-class',
      caTtl: Duration.hours(24),
      serverNamespace: 'spire-server',
      agentNamespace: 'spire-system',
    };
    this.mesh = new IstioMesh(this.platform, 'mesh', { spire: this.spire, ...meshProps });
    this.user = new Chart(this.app, 'user');
  }

  /**
   * A Deployment in namespace `shop`, as users write it; `change` edits the manifest before it is defined.
   */
  public deployment(name: string, change: (manifest: any) => void = () => undefined): ApiObject {
    const manifest: any = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'shop' },
      spec: {
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name, version: 'v1' } },
          spec: {
            serviceAccountName: name,
            securityContext: restrictedPodSecurity(1000),
            containers: [{ name, image: `example.org/${name}:1.0.0`, ports: [{ containerPort: 8080 }], securityContext: RESTRICTED_CONTAINER }],
          },
        },
      },
    };
    change(manifest);
    return new ApiObject(this.user, name, manifest);
  }

  /**
   * The manifests of the platform.
   */
  public get manifests(): any[] {
    return this.platform.node.findAll().filter(ApiObject.isApiObject).map((object) => object.toJson());
  }

  /**
   * Kind, namespace and name of each manifest by the folder of its stage.
   */
  public get stages(): { [folder: string]: string[] } {
    const stages: { [folder: string]: string[] } = {};
    for (const object of this.platform.node.findAll().filter(ApiObject.isApiObject)) {
      const stage = object.chart.node.scopes[2].node.id;
      (stages[stage] ??= []).push([object.kind, object.metadata.namespace, object.name].filter(Boolean).join(' '));
    }
    return stages;
  }

  public spec(kind: string, name: string): any {
    const found = this.manifests.filter((manifest) => manifest.kind === kind && manifest.metadata.name === name);
    expect(found.map((manifest) => manifest.metadata.name)).toEqual([name]);
    return found[0].spec;
  }

  /**
   * The text of a file in the folder `artifacts`, whether or not the platform is complete.
   */
  public rendered(fileName: string): string {
    return this.platform.node.findAll().filter(Artifact.isArtifact).find((one) => one.fileName === fileName)!.render();
  }

  /**
   * Writes everything, and reads the documents of one artifact back.
   */
  public artifact(name: string): any[] {
    return parseAllDocuments(this.artifactText(name)).map((document) => document.toJS());
  }

  public artifactText(name: string): string {
    const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-spiffe-istio-'));
    Object.defineProperty(this.app, 'outdir', { value: outdir });
    try {
      this.app.synth();
      return readFileSync(join(outdir, 'prod', 'artifacts', name), 'utf8');
    } finally {
      rmSync(outdir, { recursive: true });
    }
  }
}
