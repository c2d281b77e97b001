import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { belowIssuer, OIDC_CONFIG_FILE, oidcConfig, OidcIssuer, oidcIssuer } from './oidc-config';
import { OidcDeployment } from './oidc-deployment';
import { OIDC_PORTS } from './oidc-ports';
import { addOidcSteps } from './oidc-steps';
import { Platform, Stage } from '../../../delivery';
import { isDnsSubdomain } from '../../../identity/dns-name';
import { requireProps } from '../../../identity/require-props';
import { externalDns } from '../../external-dns';
import { labels, namespaceSelector, selectorLabels } from '../../labels';
import { defineNamespace } from '../../namespace';
import { ranges } from '../../network/cluster-network';
import { defineNetworkPolicy } from '../../network/network-policy';
import { PodSecurityLevel } from '../../pod-security';
import { defineServiceAccount } from '../../rbac';
import { requireReachableHost } from '../federation/host';
import { ClusterSpiffeId } from '../identities/cluster-spiffe-id';
import { spireImages } from '../images';
import { requireInteger, requireNamespace, requireOneOf, requireSome } from '../input';
import { LogLevel } from '../log-level';
import { closeNamespace } from '../network/define-policies';
import { SecretRef } from '../secret-ref';
import { Spire } from '../spire';

/**
 * What an OIDC discovery provider serves, and to whom.
 */
export interface SpireOidcDiscoveryProviderProps {
  /**
   * The SPIRE whose JWT-SVIDs are verified. Its `server.jwtIssuer` is the https URL at which verifiers reach the provider.
   */
  readonly spire: Spire;

  /**
   * The certificate for the issuer's host and the `additionalDomains`.
   *
   * A Secret of type `kubernetes.io/tls` in the provider's namespace, such as cert-manager keeps. A new certificate is taken within some minutes:
   * the kubelet brings it, and the provider looks once a minute.
   */
  readonly certificate: SecretRef;

  /**
   * The namespace of the provider, which it defines and does not share.
   *
   * @default - `spire-oidc`
   */
  readonly namespace?: string;

  /**
   * How many providers run, 2 or more.
   *
   * @default - 2
   */
  readonly replicas?: number;

  /**
   * Whether verifiers outside of the cluster reach it by a load balancer of its own.
   *
   * @default - true; without it the Service has an address in the cluster only, for verifiers there or a gateway of yours that passes TLS on
   */
  readonly loadBalancer?: boolean;

  /**
   * The address ranges, in CIDR notation, that may call it.
   *
   * Addresses are as the pods see them: those of a gateway or load balancer that calls in its own name.
   *
   * @default - everybody: it serves public keys only
   */
  readonly allowedCidrs?: string[];

  /**
   * Further hosts at which it is called, as DNS names; the issuer that it names is the same at each.
   *
   * @default - the issuer's host alone
   */
  readonly additionalDomains?: string[];

  /**
   * Whether keys say that they are for signatures (`"use": "sig"`), which some verifiers ask for.
   *
   * @default - false
   */
  readonly setKeyUse?: boolean;

  /**
   * How much it logs.
   *
   * @default - LogLevel.INFO
   */
  readonly logLevel?: LogLevel;
}

const NAME = 'spire-oidc-discovery-provider';

/**
 * SPIRE's OIDC discovery provider: serves the public keys of JWT-SVIDs, so that clouds, Vault, API servers and gateways can verify them.
 *
 * It gets the keys over the Workload API with an identity of its own, in a namespace of level `restricted`, and touches no socket of the server.
 *
 * Throws when the server has no `jwtIssuer`, when the SPIRE is that of another cluster, when the issuer's host is in the cluster only and a load
 * balancer is asked for, or when a namespace, host, range or number is not possible.
 */
export class SpireOidcDiscoveryProvider extends Construct {
  /**
   * The issuer in JWT-SVIDs and in the discovery document.
   */
  public readonly issuer: string;

  /**
   * The URL of the keys.
   */
  public readonly jwksUri: string;

  /**
   * The namespace of the provider.
   */
  public readonly namespace: string;

  /**
   * The ConfigMap with the provider's configuration.
   */
  public readonly configMap: ApiObject;

  /**
   * The Deployment.
   */
  public readonly deployment: ApiObject;

  /**
   * The Service.
   */
  public readonly service: ApiObject;

  /**
   * The NetworkPolicy of the pods, unless those of SPIRE are switched off.
   */
  public readonly networkPolicy?: ApiObject;

  /**
   * The identity with which the provider gets the keys.
   */
  public readonly spiffeId: ClusterSpiffeId;

  public constructor(scope: Construct, id: string, props: SpireOidcDiscoveryProviderProps) {
    super(scope, id);
    requireProps(`SpireOidcDiscoveryProvider '${id}'`, props, {
      spire: 'Spire', certificate: 'SecretRef', allowedCidrs: 'text[]?', additionalDomains: 'text[]?',
    });
    requirePossible(props);
    const { spire, certificate, loadBalancer = true } = props;
    const platform = Platform.of(this);
    requireOwnSpire(platform, spire);
    const issuer = issuerOf(props);
    this.issuer = issuer.url;
    this.jwksUri = belowIssuer(issuer, 'keys');
    const namespace = this.namespace = props.namespace ?? 'spire-oidc';

    defineNamespace(this, { name: namespace, owner: 'spire', podSecurity: PodSecurityLevel.RESTRICTED });
    this.spiffeId = new ClusterSpiffeId(this, 'spiffe-id', {
      spire,
      name: NAME,
      podSelector: { matchLabels: selectorLabels(NAME) },
      namespaceSelector: namespaceSelector(namespace),
    });
    // the pods are ready with an identity only: in an earlier stage the roll-out would wait for them for ever
    const chart = platform.chart(Stage.IDENTITIES, NAME);
    defineServiceAccount(chart, NAME, namespace, 'spire');
    this.configMap = this.defineConfigMap(chart, issuer, props);
    this.deployment = new OidcDeployment(chart, {
      name: NAME,
      namespace,
      replicas: props.replicas ?? 2,
      version: spire._version,
      image: spireImages(spire._version).oidcDiscoveryProvider,
      configMap: this.configMap,
      certificate,
      csiDriver: spire.socket.csiDriver,
    }).deployment;
    this.service = this.defineService(chart, issuer, props);
    this.networkPolicy = this.defineNetworkPolicies(props);
    addOidcSteps(platform, { name: NAME, namespace, certificate: certificate.name, issuer, loadBalancer });
  }

  private defineConfigMap(chart: Construct, issuer: OidcIssuer, props: SpireOidcDiscoveryProviderProps): ApiObject {
    const { _version: version, cluster, socket } = props.spire;
    return new ApiObject(chart, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: NAME, namespace: this.namespace, labels: labels(NAME, 'spire') },
      data: {
        [OIDC_CONFIG_FILE]: oidcConfig({
          issuer,
          version,
          socket,
          trustDomain: cluster.trustDomain,
          additionalDomains: props.additionalDomains ?? [],
          setKeyUse: props.setKeyUse,
          logLevel: props.logLevel,
        }),
      },
    });
  }

  private defineService(chart: Construct, issuer: OidcIssuer, props: SpireOidcDiscoveryProviderProps): ApiObject {
    const { loadBalancer = true, allowedCidrs = [] } = props;
    return new ApiObject(chart, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: NAME,
        namespace: this.namespace,
        labels: labels(NAME, 'spire'),
        annotations: loadBalancer ? externalDns(issuer.host) : {},
      },
      spec: {
        type: loadBalancer ? 'LoadBalancer' : 'ClusterIP',
        selector: selectorLabels(NAME),
        ports: [{ name: 'https', port: issuer.port, targetPort: 'https', protocol: 'TCP' }],
        // the NetworkPolicy sees the caller's own address only so
        ...(loadBalancer && allowedCidrs.length > 0 ? { externalTrafficPolicy: 'Local', loadBalancerSourceRanges: allowedCidrs } : {}),
      },
    });
  }

  private defineNetworkPolicies({ spire, allowedCidrs }: SpireOidcDiscoveryProviderProps): ApiObject | undefined {
    if (!(spire._networkPolicies.enabled ?? true)) {
      return undefined;
    }
    const chart = Platform.of(this).chart(Stage.IDENTITIES, `${NAME}-network`);
    closeNamespace(chart, this.namespace);
    // it calls nobody: keys come over the socket
    return defineNetworkPolicy(chart, {
      name: NAME,
      namespace: this.namespace,
      owner: 'spire',
      podLabels: selectorLabels(NAME),
      ingress: [{ peers: allowedCidrs && ranges(allowedCidrs), ports: [{ port: OIDC_PORTS.https }] }],
      egress: [],
    });
  }
}

function requirePossible({ namespace, replicas, allowedCidrs, additionalDomains, logLevel }: SpireOidcDiscoveryProviderProps): void {
  if (namespace !== undefined) {
    requireNamespace('namespace of the OIDC discovery provider', namespace);
  }
  requireInteger('replicas of the OIDC discovery provider', replicas, 2);
  requireOneOf('logLevel', logLevel, Object.values(LogLevel));
  if (allowedCidrs) {
    ranges(requireSome('allowedCidrs', allowedCidrs));
  }
  const impossible = additionalDomains?.find((domain) => !isDnsSubdomain(domain));
  if (impossible !== undefined) {
    throw new Error(`additional domain '${impossible}' is no DNS name in lower case: give one such as 'keys.example.org', without scheme, port and path`);
  }
}

function requireOwnSpire(platform: Platform, { cluster }: Spire): void {
  if (platform.cluster !== cluster) {
    throw new Error(`the OIDC discovery provider for the SPIRE of cluster '${cluster.name}' is defined in '${platform.cluster.name}', where it gets `
      + `no identity of it: define it in the Platform of '${cluster.name}'`);
  }
}

function issuerOf({ spire, loadBalancer = true }: SpireOidcDiscoveryProviderProps): OidcIssuer {
  if (spire.jwtIssuer === undefined) {
    throw new Error('the server of Spire has no jwtIssuer, so its JWT-SVIDs have no issuer that a verifier could ask: '
      + "set server.jwtIssuer to the https URL at which verifiers reach the provider, such as 'https://oidc.example.org'");
  }
  const issuer = oidcIssuer(spire.jwtIssuer);
  if (loadBalancer) {
    requireReachableHost(`issuer '${issuer.url}'`, issuer.host, ', or set loadBalancer: false for verifiers in the cluster');
  } else if (!isDnsSubdomain(issuer.host)) {
    throw new Error(`issuer '${issuer.url}' has host '${issuer.host}', which is no DNS name in lower case: give one of the Service`);
  }
  return issuer;
}
