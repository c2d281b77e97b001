import { ApiObject, JsonPatch } from 'cdk8s';
import { parse } from 'yaml';
import { AccessPolicy, Cluster, EnvoyMesh, EnvoySidecar, EnvoySidecarProps, GitOpsApp, OutputChecks, Platform, SpiffeId, Spire, Stage, TrustDomain } from '../../../src';
import { Synthesized } from '../../support/synth';

export const SPIFFE_ID = SpiffeId.parse('spiffe://example.org/ns/shop/sa/other');

/**
 * A platform with a mesh of static sidecars.
 */
export class EnvoyFixture {
  public readonly platform: Platform;
  public readonly mesh: EnvoyMesh;

  public constructor(app: GitOpsApp, cluster = Cluster.of({ name: 'edge', trustDomain: TrustDomain.of('example.org') })) {
    this.platform = new Platform(app, cluster.name, { cluster });
    this.mesh = new EnvoyMesh(this.platform, 'mesh', { spire: new Spire(this.platform, 'spire') });
  }

  public deployment(name: string, ...changes: JsonPatch[]): ApiObject {
    const deployment = new ApiObject(this.platform.chart(Stage.APPS, name), 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'shop' },
      spec: {
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: { serviceAccountName: name, containers: [{ name, image: `example.org/${name}:1` }] } },
      },
    });
    deployment.addJsonPatch(...changes);
    return deployment;
  }

  public sidecar(name: string, props: Partial<EnvoySidecarProps> = {}): EnvoySidecar {
    return new EnvoySidecar(this.platform, name, { mesh: this.mesh, ...props, workload: props.workload ?? this.deployment(name) });
  }

  public access(props: Partial<ConstructorParameters<typeof AccessPolicy>[2]> = {}): AccessPolicy {
    return new AccessPolicy(this.platform, 'access', { mesh: this.mesh, ...props });
  }
}

export function bootstrapOf(output: Synthesized, name: string): any {
  return parse(output.object('ConfigMap', `${name}-envoy`).data['envoy.yaml']);
}

/**
 * What is written, unchecked: of a whole platform these tests define only the part that they look at.
 */
export function written(define: (app: GitOpsApp) => void): Synthesized {
  return Synthesized.of(define, OutputChecks.OFF);
}
