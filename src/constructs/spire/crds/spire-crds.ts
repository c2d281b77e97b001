import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CLUSTER_FEDERATED_TRUST_DOMAIN } from './cluster-federated-trust-domain';
import { CLUSTER_SPIFFE_ID } from './cluster-spiffe-id';
import { CLUSTER_STATIC_ENTRY } from './cluster-static-entry';
import { CustomResource, definitionName, definitionSpec } from './custom-resource';
import { Platform, Stage } from '../../../delivery';
import { KEPT } from '../../kept';
import { labels } from '../../labels';

/**
 * The custom resource definitions of SPIRE's controller manager: ClusterSPIFFEID, ClusterStaticEntry and ClusterFederatedTrustDomain.
 *
 * A definition that is deleted takes all its objects along, and with them every identity: Argo CD and Flux are told to keep them.
 */
export class SpireCrds extends Construct {
  /**
   * The definition of ClusterSPIFFEID.
   */
  public readonly clusterSpiffeId: ApiObject;

  /**
   * The definition of ClusterStaticEntry.
   */
  public readonly clusterStaticEntry: ApiObject;

  /**
   * The definition of ClusterFederatedTrustDomain.
   */
  public readonly clusterFederatedTrustDomain: ApiObject;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.clusterSpiffeId = this.define(CLUSTER_SPIFFE_ID);
    this.clusterStaticEntry = this.define(CLUSTER_STATIC_ENTRY);
    this.clusterFederatedTrustDomain = this.define(CLUSTER_FEDERATED_TRUST_DOMAIN);
  }

  private define(resource: CustomResource): ApiObject {
    return new ApiObject(Platform.of(this).chart(Stage.CRDS, 'spire-crds'), resource.plural, {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: {
        name: definitionName(resource),
        labels: labels('spire-crds', 'spire'),
        annotations: KEPT,
      },
      spec: definitionSpec(resource),
    });
  }
}
