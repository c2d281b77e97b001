import { ApiObject, JsonPatch } from 'cdk8s';
import type { Workload } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { MANAGED_IDENTITY_LABEL } from './enrollment';
import { MeshWorkload } from './mesh-workload';
import { podTemplateOf } from './pod-template';
import { TrustDomain } from '../../identity';
import { namespaceSelector } from '../labels';
import { ClusterSpiffeId } from '../spire/identities';
import { ISpire } from '../spire/spire-ref';

/**
 * The label of pods whose identity federates with another trust domain. Each has a ClusterSPIFFEID of its own.
 */
export const FEDERATED_LABEL = 'cdk8s-spiffe.dev/federated';

interface FederatedWorkload {
  readonly identity: ClusterSpiffeId;
  readonly trustDomains: TrustDomain[];
}

/**
 * The identities that federate: SPIRE refuses such an entry as long as it lacks one bundle, so nobody else gets one.
 */
export class FederatedIdentities {
  private readonly federated = new Map<MeshWorkload, FederatedWorkload>();

  /**
   * @param common the ClusterSPIFFEIDs of all other workloads
   */
  public constructor(private readonly scope: Construct, private readonly spire: ISpire, private readonly common: ClusterSpiffeId[]) {}

  /**
   * Lets an enrolled workload federate with a trust domain; once is enough.
   */
  public add(workload: MeshWorkload, pods: Workload | ApiObject, trustDomain: TrustDomain): void {
    const known = this.federated.get(workload);
    if (!known) {
      this.federated.set(workload, this.define(workload, pods, trustDomain));
    } else if (!known.trustDomains.some((one) => one.sameAs(trustDomain))) {
      known.trustDomains.push(trustDomain);
      known.identity.apiObject.addJsonPatch(JsonPatch.add('/spec/federatesWith/-', trustDomain.name));
    }
  }

  /**
   * Each workload with the trust domains that it federates with.
   */
  public pairs(): [MeshWorkload, TrustDomain][] {
    return [...this.federated].flatMap(([workload, { trustDomains }]) =>
      trustDomains.map((trustDomain): [MeshWorkload, TrustDomain] => [workload, trustDomain]));
  }

  private define(workload: MeshWorkload, pods: Workload | ApiObject, trustDomain: TrustDomain): FederatedWorkload {
    const { namespace, serviceAccount } = workload.identity;
    const name = `istio-federated-${namespace}-${serviceAccount}`;
    const identity = new ClusterSpiffeId(this.scope, name, {
      spire: this.spire,
      name,
      podSelector: { matchLabels: { ...workload.matchLabels, [MANAGED_IDENTITY_LABEL]: 'true', [FEDERATED_LABEL]: 'true' } },
      namespaceSelector: namespaceSelector(namespace),
      federatesWith: [trustDomain],
    });
    if (this.federated.size === 0) {
      const notFederated = { key: FEDERATED_LABEL, operator: 'DoesNotExist' };
      this.common.forEach(({ apiObject }) => apiObject.addJsonPatch(JsonPatch.add('/spec/podSelector/matchExpressions/-', notFederated)));
    }
    podTemplateOf(pods).addMetadata({ [FEDERATED_LABEL]: 'true' }, {});
    return { identity, trustDomains: [trustDomain] };
  }
}
