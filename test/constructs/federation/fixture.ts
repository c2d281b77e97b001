import { ApiObject } from 'cdk8s';
import {
  BundleEndpoint, Cluster, GitOpsApp, IstioMesh, IstioMeshProps, MeshNamespace, MeshWorkload, Platform, Spire, SpireProps, Stage, TrustDomain,
} from '../../../src';

export interface ClusterOptions {
  readonly trustDomain?: string;
  readonly spire?: SpireProps;
  readonly mesh?: Partial<IstioMeshProps>;
}

/**
 * A cluster with SPIRE, a mesh and one workload, `shop/web` on port 8080.
 */
export class TestCluster {
  public readonly platform: Platform;
  public readonly spire: Spire;
  public readonly mesh: IstioMesh;
  public readonly web: MeshWorkload;

  public constructor(app: GitOpsApp, public readonly name: string, options: ClusterOptions = {}) {
    const trustDomain = TrustDomain.of(options.trustDomain ?? `${name}.example.org`);
    this.platform = new Platform(app, `platform-${app.node.children.length}`, { cluster: Cluster.of({ name, trustDomain }) });
    this.spire = new Spire(this.platform, 'spire', options.spire ?? { server: { bundleEndpoint: endpoint(name) } });
    this.mesh = new IstioMesh(this.platform, 'mesh', { spire: this.spire, network: name, ...options.mesh });
    new MeshNamespace(this.platform, 'shop');
    this.web = this.enroll('web');
  }

  public enroll(name: string): MeshWorkload {
    return this.mesh.enroll(new ApiObject(this.platform.chart(Stage.APPS, name), 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'shop' },
      spec: {
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: { serviceAccountName: name, containers: [{ name, image: `example.org/${name}:1.0.0`, ports: [{ containerPort: 8080 }] }] },
        },
      },
    }));
  }
}

export function endpoint(name: string): BundleEndpoint {
  return BundleEndpoint.httpsSpiffe({ host: `spire-bundle.${name}.example.org` });
}
