import { isIP } from 'node:net';
import { Duration } from 'cdk8s';
import { BundleEndpointCertificate } from './bundle-endpoint-certificate';
import { BundleEndpointProfile } from './bundle-endpoint-profile';
import { requireReachableHost } from './host';
import { isCidr } from '../../../formats/cidr';
import { goDuration } from '../../../formats/go-duration';
import { HclBody } from '../../../formats/hcl';
import { SpiffeId, TrustDomain } from '../../../identity';
import { requireProps } from '../../../identity/require-props';
import { ranges } from '../../network/cluster-network';
import { PluginPod } from '../plugins/plugin-pod';
import { SecretRef } from '../secret-ref';

/**
 * The port of the bundle endpoint in the server's pod.
 */
export const BUNDLE_ENDPOINT_PORT = 8443;

/**
 * Where other trust domains fetch a bundle.
 */
export interface BundleEndpointProps {
  /**
   * The DNS name (or IPv4 address) that leads to the endpoint's load balancer from every cluster that trusts this one.
   */
  readonly host: string;

  /**
   * The port of the load balancer.
   *
   * @default - 443
   */
  readonly port?: number;

  /**
   * How often others are asked to fetch the bundle; they do so four times as often. From one minute to less than 24 hours.
   *
   * @default - 5 minutes
   */
  readonly refreshHint?: Duration;

  /**
   * The address ranges, in CIDR notation, that may call the endpoint.
   *
   * @default - everybody: a bundle holds public keys only
   */
  readonly allowedCidrs?: string[];
}

/**
 * Where other trust domains fetch a bundle, with a certificate of the web.
 */
export interface WebBundleEndpointProps extends BundleEndpointProps {
  /**
   * Where the endpoint's certificate comes from.
   */
  readonly certificate: BundleEndpointCertificate;
}

/**
 * The endpoint at which a SPIRE server gives its trust bundle to other trust domains.
 */
export class BundleEndpoint {
  /**
   * An endpoint that proves itself with the server's own SVID.
   *
   * Who trusts it needs its bundle once from elsewhere before the first fetch.
   *
   * Throws when the host cannot be reached from another cluster, or the port, the hint or an address range is not possible.
   *
   * @param props host and port
   */
  public static httpsSpiffe(props: BundleEndpointProps): BundleEndpoint {
    requireProps('BundleEndpoint.httpsSpiffe', props, { host: 'text', allowedCidrs: 'text[]?' });
    return new BundleEndpoint(props);
  }

  /**
   * An endpoint that proves itself with a certificate of a CA that every system trusts; nothing has to be brought before the first fetch.
   *
   * Throws as `httpsSpiffe` does.
   *
   * @param props host, port and certificate
   */
  public static httpsWeb(props: WebBundleEndpointProps): BundleEndpoint {
    requireProps('BundleEndpoint.httpsWeb', props, { host: 'text', certificate: 'BundleEndpointCertificate', allowedCidrs: 'text[]?' });
    return new BundleEndpoint(props, props.certificate);
  }

  /**
   * The URL at which others fetch the bundle.
   */
  public readonly url: string;

  /**
   * The host of the URL.
   */
  public readonly host: string;

  /**
   * The port of the load balancer.
   */
  public readonly port: number;

  /**
   * The address ranges that may call the endpoint; none means everybody.
   */
  public readonly allowedCidrs: string[];

  private readonly refreshHint: Duration;

  private constructor(props: BundleEndpointProps, private readonly certificate?: BundleEndpointCertificate) {
    requireReachableHost('bundle endpoint', props.host);
    this.host = props.host;
    this.port = props.port ?? 443;
    this.allowedCidrs = [...props.allowedCidrs ?? []];
    this.refreshHint = props.refreshHint ?? Duration.minutes(5);
    this.requirePossible(props);
    this.url = `https://${this.host}${this.port === 443 ? '' : `:${this.port}`}`;
  }

  /**
   * Whether the endpoint proves itself with the server's own SVID, so that the first bundle has to be brought.
   */
  public get needsBootstrap(): boolean {
    return this.certificate === undefined;
  }

  /**
   * How others know that they talk to the endpoint.
   *
   * @param trustDomain the trust domain of the server
   */
  public profileOf(trustDomain: TrustDomain): BundleEndpointProfile {
    return this.certificate
      ? BundleEndpointProfile.httpsWeb()
      : BundleEndpointProfile.httpsSpiffe(SpiffeId.of(trustDomain, 'spire', 'server'));
  }

  /**
   * @internal
   */
  public get _certificateSecret(): SecretRef | undefined {
    return this.certificate?._secret;
  }

  /**
   * @internal
   */
  public _write(server: HclBody, pod: PluginPod): void {
    pod.ports.push({ name: 'federation', containerPort: BUNDLE_ENDPOINT_PORT, protocol: 'TCP' });
    pod.network.answer(BUNDLE_ENDPOINT_PORT, this.allowedCidrs.length > 0 ? ranges(this.allowedCidrs) : undefined);
    const endpoint = server.block('federation').block('bundle_endpoint');
    // an address, as a name here would mean all interfaces without a word
    endpoint.attributes({ address: '0.0.0.0', port: BUNDLE_ENDPOINT_PORT, refresh_hint: goDuration(this.refreshHint) });
    if (this.certificate) {
      this.certificate._write(endpoint.block('profile', 'https_web'), this.host, pod);
    } else {
      endpoint.block('profile', 'https_spiffe');
    }
  }

  private requirePossible(props: BundleEndpointProps): void {
    if (!Number.isInteger(this.port) || this.port < 1 || this.port > 65535) {
      throw new Error(`bundle endpoint '${this.host}' has port ${this.port}: use a whole number from 1 to 65535`);
    }
    if (this.refreshHint.toMilliseconds() < 60_000 || this.refreshHint.toMilliseconds() >= 24 * 3_600_000) {
      throw new Error(`bundle endpoint '${this.host}' has refreshHint ${goDuration(this.refreshHint)}: `
        + 'others fetch no more often than each minute, and a new key has to arrive within a day, use 1m to less than 24h');
    }
    if (props.allowedCidrs?.length === 0) {
      throw new Error(`bundle endpoint '${this.host}' has empty allowedCidrs: list the ranges of those who trust it, or leave allowedCidrs out`);
    }
    this.requireReachedByCa();
    for (const cidr of this.allowedCidrs) {
      if (!isCidr(cidr)) {
        throw new Error(`bundle endpoint '${this.host}' allows '${cidr}', which is no address range: use CIDR notation such as '203.0.113.0/24'`);
      }
    }
  }

  private requireReachedByCa(): void {
    const ca = this.certificate?._acmeCa;
    if (ca && isIP(this.host) !== 0) {
      throw new Error(`bundle endpoint '${this.host}' is an IP address and has a certificate by ACME, which SPIRE asks for DNS names only: use a DNS name, or a Secret`);
    }
    if (ca && this.port !== 443) {
      throw new Error(`bundle endpoint '${this.host}' has port ${this.port} and a certificate by ACME, whose CA calls port 443: leave port out, or use a Secret`);
    }
    if (ca === 'public' && this.allowedCidrs.length > 0) {
      throw new Error(`bundle endpoint '${this.host}' has allowedCidrs ${this.allowedCidrs.join(', ')} and a certificate by ACME, whose CA calls from anywhere: `
        + 'leave allowedCidrs out, or use a Secret');
    }
  }
}
