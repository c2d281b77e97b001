import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Platform, Stage } from '../../../delivery';
import { goDuration } from '../../../formats/go-duration';
import { TrustDomain } from '../../../identity';
import { isDnsSubdomain } from '../../../identity/dns-name';
import { labels } from '../../labels';
import { unknownPartners } from '../federation/federated-platforms';
import { ISpire } from '../spire-ref';
import { requireTtlWithinCa } from '../ttl';
import { LabelSelector, requireSelector } from './label-selector';
import { SpiffeIdTemplate } from './spiffe-id-template';
import { requireProps } from '../../../identity/require-props';

/**
 * Which pods get which identity.
 */
export interface ClusterSpiffeIdProps {
  /**
   * The SPIRE installation that gives the identity.
   */
  readonly spire: ISpire;

  /**
   * The name of the resource.
   */
  readonly name: string;

  /**
   * The pods, by their labels.
   *
   * @default - all pods of the selected namespaces
   */
  readonly podSelector?: LabelSelector;

  /**
   * The namespaces of the pods, by their labels.
   *
   * @default - all namespaces but those of Kubernetes and SPIRE
   */
  readonly namespaceSelector?: LabelSelector;

  /**
   * How the SPIFFE ID is made.
   *
   * @default - SpiffeIdTemplate.NAMESPACE_AND_SERVICE_ACCOUNT
   */
  readonly spiffeIdTemplate?: SpiffeIdTemplate;

  /**
   * How long the X.509-SVIDs are valid. At most one sixth of the CA TTL, or seven days.
   *
   * @default - the server's own default
   */
  readonly x509SvidTtl?: Duration;

  /**
   * How long the JWT-SVIDs are valid. At most one sixth of the CA TTL, or seven days.
   *
   * @default - the server's own default
   */
  readonly jwtSvidTtl?: Duration;

  /**
   * Other trust domains whose workloads the pods may verify.
   *
   * @default - none
   */
  readonly federatesWith?: TrustDomain[];

  /**
   * Whether the SVIDs also carry the DNS names of the Services that select the pod.
   *
   * @default - false
   */
  readonly autoPopulateDnsNames?: boolean;

  /**
   * Whether the identity is given only to pods that no other ClusterSPIFFEID selects.
   *
   * @default - false
   */
  readonly fallback?: boolean;
}

/**
 * A ClusterSPIFFEID: gives each pod that it selects an identity.
 *
 * A pod should be selected by one only: with two identities a proxy takes either, by the lower entry ID, which is random.
 *
 * Throws when its name is no Kubernetes name, when no selector is given, when a lifetime is too long for the CA, or when it federates with its own trust domain, which would stop every
 * agent. The synthesis fails when nothing defines the federation.
 */
export class ClusterSpiffeId extends Construct {
  /**
   * The ClusterSPIFFEID object.
   */
  public readonly apiObject: ApiObject;

  public constructor(scope: Construct, id: string, props: ClusterSpiffeIdProps) {
    super(scope, id);
    requireProps(`ClusterSpiffeId '${id}'`, props, { spire: 'ISpire', name: 'text', federatesWith: 'TrustDomain[]?', spiffeIdTemplate: 'SpiffeIdTemplate?' });
    this.requireUsable(props);
    const platform = Platform.of(this);
    this.node.addValidation({ validate: () => unknownPartners(platform, `ClusterSPIFFEID '${props.name}'`, props.federatesWith ?? []) });
    const chart = platform.chart(Stage.IDENTITIES, 'spiffe-ids');
    this.apiObject = new ApiObject(chart, props.name, {
      apiVersion: 'spire.spiffe.io/v1alpha1',
      kind: 'ClusterSPIFFEID',
      metadata: { name: props.name, labels: labels(props.name, 'spire') },
      spec: {
        className: props.spire.className,
        spiffeIDTemplate: (props.spiffeIdTemplate ?? SpiffeIdTemplate.NAMESPACE_AND_SERVICE_ACCOUNT).text,
        podSelector: props.podSelector,
        namespaceSelector: props.namespaceSelector,
        ttl: props.x509SvidTtl && goDuration(props.x509SvidTtl),
        jwtTtl: props.jwtSvidTtl && goDuration(props.jwtSvidTtl),
        federatesWith: props.federatesWith?.map((trustDomain) => trustDomain.name),
        autoPopulateDNSNames: props.autoPopulateDnsNames,
        fallback: props.fallback,
      },
    });
  }

  private requireUsable(props: ClusterSpiffeIdProps): void {
    if (!isDnsSubdomain(props.name)) {
      throw new Error(`ClusterSPIFFEID name '${props.name}' is no Kubernetes name: use up to 253 of a-z, 0-9, '-' and '.', a letter or digit at both ends`);
    }
    if (!props.podSelector && !props.namespaceSelector) {
      throw new Error(`ClusterSPIFFEID '${props.name}' selects every pod of the cluster: give podSelector or namespaceSelector`);
    }
    requireSelector(`podSelector of ClusterSPIFFEID '${props.name}'`, props.podSelector);
    requireSelector(`namespaceSelector of ClusterSPIFFEID '${props.name}'`, props.namespaceSelector);
    requireTtlWithinCa(`X.509-SVID TTL of ClusterSPIFFEID '${props.name}'`, props.x509SvidTtl, props.spire.caTtl);
    requireTtlWithinCa(`JWT-SVID TTL of ClusterSPIFFEID '${props.name}'`, props.jwtSvidTtl, props.spire.caTtl);
    if (props.federatesWith?.some((trustDomain) => trustDomain.sameAs(props.spire.cluster.trustDomain))) {
      throw new Error(`ClusterSPIFFEID '${props.name}' federates with its own trust domain '${props.spire.cluster.trustDomain}': agents would stop renewing, remove it`);
    }
  }
}
