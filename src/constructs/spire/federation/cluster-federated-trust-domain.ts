import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Platform, Stage } from '../../../delivery';
import { TrustDomain } from '../../../identity';
import { labels } from '../../labels';
import { ISpire } from '../spire-ref';
import { BundleEndpointProfile } from './bundle-endpoint-profile';
import { isMarkedFederated, markFederated } from './federated-platforms';
import { requireBundleEndpointUrl } from './host';
import { SpiffeBundle } from './spiffe-bundle';
import { requireProps } from '../../../identity/require-props';

/**
 * A trust domain whose bundle is fetched.
 */
export interface ClusterFederatedTrustDomainProps {
  /**
   * The SPIRE installation that fetches the bundle.
   */
  readonly spire: ISpire;

  /**
   * The other trust domain.
   */
  readonly trustDomain: TrustDomain;

  /**
   * Where its bundle is: an https URL.
   */
  readonly bundleEndpointUrl: string;

  /**
   * How the endpoint proves who it is.
   */
  readonly bundleEndpointProfile: BundleEndpointProfile;

  /**
   * The first bundle, for `https_spiffe`. SPIRE reads it when the relation is made or its endpoint changes; later bundles come from the endpoint.
   *
   * @default - none: for `https_spiffe` it has to be set by a command
   */
  readonly bundle?: SpiffeBundle;
}

/**
 * A ClusterFederatedTrustDomain: the SPIRE server fetches the bundle of another trust domain and keeps it fresh.
 *
 * The agents of the cluster then give the bundles of all trust domains under the one name that Istio's proxies ask for, so that a trust domain
 * that is taken away is gone from the proxies too.
 *
 * Throws when the trust domain is the own one or federates already, when the URL is not https or not reachable from elsewhere, or when the endpoint's SPIFFE ID is of
 * another trust domain.
 */
export class ClusterFederatedTrustDomain extends Construct {
  /**
   * The ClusterFederatedTrustDomain object.
   */
  public readonly apiObject: ApiObject;

  public constructor(scope: Construct, id: string, props: ClusterFederatedTrustDomainProps) {
    super(scope, id);
    requireProps(`ClusterFederatedTrustDomain '${id}'`, props, {
      spire: 'ISpire',
      trustDomain: 'TrustDomain',
      bundleEndpointUrl: 'text',
      bundleEndpointProfile: 'BundleEndpointProfile',
    });
    requireOther(props);
    const platform = Platform.of(this);
    const { name } = props.trustDomain;
    if (isMarkedFederated(platform, props.trustDomain)) {
      throw new Error(`cluster '${props.spire.cluster.name}' has two relations with trust domain '${name}', and SPIRE keeps one: remove one, `
        + 'a Federation defines those of its members and partners');
    }
    const { name: type, endpointSpiffeId } = props.bundleEndpointProfile;
    const objectName = name.replaceAll('_', '-');
    this.apiObject = new ApiObject(platform.chart(Stage.IDENTITIES, 'federation'), objectName, {
      apiVersion: 'spire.spiffe.io/v1alpha1',
      kind: 'ClusterFederatedTrustDomain',
      metadata: { name: objectName, labels: labels(name, 'spire') },
      spec: {
        className: props.spire.className,
        trustDomain: name,
        bundleEndpointURL: props.bundleEndpointUrl,
        bundleEndpointProfile: { type, ...(endpointSpiffeId ? { endpointSPIFFEID: endpointSpiffeId.uri } : {}) },
        trustDomainBundle: props.bundle?.text,
      },
    });
    markFederated(platform, props.trustDomain, props.bundleEndpointUrl);
  }
}

function requireOther({ spire, trustDomain, bundleEndpointUrl, bundleEndpointProfile }: ClusterFederatedTrustDomainProps): void {
  if (trustDomain.sameAs(spire.cluster.trustDomain)) {
    throw new Error(`cluster '${spire.cluster.name}' federates with its own trust domain '${trustDomain}': remove it, SPIRE refuses it at run time`);
  }
  requireBundleEndpointUrl(`federation with '${trustDomain}'`, bundleEndpointUrl);
  const { endpointSpiffeId } = bundleEndpointProfile;
  if (endpointSpiffeId && !endpointSpiffeId.trustDomain.sameAs(trustDomain)) {
    throw new Error(`federation with '${trustDomain}' has the endpoint SPIFFE ID '${endpointSpiffeId}' of another trust domain: `
      + `use '${trustDomain.uri}/spire/server'`);
  }
}
