import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { IMesh } from './mesh';
import { Platform, Stage } from '../../delivery';
import { requireProps } from '../../identity/require-props';
import { labels } from '../labels';

/**
 * Where an external secret store has the credentials for another cluster.
 */
export interface RemoteSecretStore {
  /**
   * The name of the store.
   */
  readonly name: string;

  /**
   * Whether it is a `ClusterSecretStore`, or a `SecretStore` in Istio's namespace.
   *
   * @default - `ClusterSecretStore`
   */
  readonly kind?: string;

  /**
   * The key in the store: a kubeconfig for service account `istio-reader-service-account` of the other cluster.
   */
  readonly key: string;
}

/**
 * With what istiod reads the services of another cluster.
 */
export interface RemoteSecretProps {
  /**
   * The mesh that reads.
   */
  readonly mesh: IMesh;

  /**
   * The mesh whose services are read.
   */
  readonly remoteMesh: IMesh;

  /**
   * Where the External Secrets Operator finds the credentials.
   *
   * @default - none: VERIFY.md tells the command of istioctl that puts them there
   */
  readonly store?: RemoteSecretStore;
}

/**
 * The credentials with which istiod finds the workloads of another cluster.
 *
 * They are never written into a manifest: either an ExternalSecret refers to them, or a command of istioctl makes them.
 *
 * Throws for a mesh with itself, in the platform of another cluster, and for clusters of different cluster domains.
 */
export class RemoteSecret extends Construct {
  /**
   * The ExternalSecret; undefined when a command makes the Secret.
   */
  public readonly externalSecret?: ApiObject;

  /**
   * The name of the Secret in Istio's namespace.
   */
  public readonly secretName: string;

  /**
   * @internal
   */
  public readonly _settings: RemoteSecretProps;

  public constructor(scope: Construct, id: string, props: RemoteSecretProps) {
    super(scope, id);
    this._settings = props;
    requireProps(`RemoteSecret '${id}'`, props, { mesh: 'IMesh', remoteMesh: 'IMesh' });
    const platform = Platform.of(this);
    const [own, remote] = [props.mesh.cluster.name, props.remoteMesh.cluster.name];
    if (props.mesh === props.remoteMesh) {
      throw new Error(`cluster '${own}' needs no credentials for itself: remove the RemoteSecret`);
    }
    requireOneMesh(platform, props);
    const name = this.secretName = `istio-remote-secret-${remote}`.toLowerCase().replaceAll('_', '-');
    if (props.store) {
      this.externalSecret = this.defineExternalSecret(props, props.store, name);
    } else {
      platform.addStepAfter(Stage.MESH, {
        purpose: `Let istiod find the workloads of ${remote}, when Istio runs there, too: a token of ${remote} goes into a Secret here, keep it out of Git`,
        command: `istioctl create-remote-secret --context ${remote} --name ${remote} | kubectl --context ${own} apply -f -`,
        expected: `secret/${name} created`,
      });
    }
    platform.addStepAfter(Stage.MESH, {
      purpose: `See that istiod reads ${remote}`,
      command: `istioctl --context ${own} remote-clusters`,
      expected: `${remote}   ${props.mesh.rootNamespace}/${name}   synced`,
    });
  }

  private defineExternalSecret({ mesh, remoteMesh }: RemoteSecretProps, store: RemoteSecretStore, name: string): ApiObject {
    const remote = remoteMesh.cluster.name;
    return new ApiObject(Platform.of(this).chart(Stage.MESH, 'remote-secrets'), name, {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name, namespace: mesh.rootNamespace, labels: labels(name, mesh.rootNamespace) },
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { kind: store.kind ?? 'ClusterSecretStore', name: store.name },
        target: {
          name,
          template: {
            metadata: {
              labels: { 'istio/multiCluster': 'true' },
              annotations: { 'networking.istio.io/cluster': remote },
            },
          },
        },
        data: [{ secretKey: remote, remoteRef: { key: store.key } }],
      },
    });
  }
}

function requireOneMesh(platform: Platform, { mesh, remoteMesh }: RemoteSecretProps): void {
  const [own, remote] = [mesh.cluster, remoteMesh.cluster];
  if (platform.cluster.name !== own.name) {
    throw new Error(`credentials for cluster '${remote.name}' are for the mesh of cluster '${own.name}', and are defined in '${platform.cluster.name}': `
      + `define them in the Platform of '${own.name}'`);
  }
  if (own.clusterDomain !== remote.clusterDomain) {
    throw new Error(`cluster '${remote.name}' has cluster domain '${remote.clusterDomain}', '${own.name}' has '${own.clusterDomain}': `
      + 'istiod takes Services of both for the same by their whole names, so give all clusters of a mesh one cluster domain, or use RemoteService');
  }
}
