import { Duration } from 'cdk8s';
import { isCidr } from '../../../formats/cidr';
import { goDuration, requirePositive } from '../../../formats/go-duration';
import { HclBody } from '../../../formats/hcl';
import { TrustDomain } from '../../../identity';
import { profilingKeys, writeCaution, writeTelemetryAndHealth } from '../config-text';
import { configText, namesVariables } from '../expand-env';
import { optionalDuration, requireInteger, requireOneOf, requirePort, requireTexts } from '../input';
import { LogFormat } from '../log-format';
import { LogLevel } from '../log-level';
import { Plugin } from '../plugins/plugin';
import { PluginPod } from '../plugins/plugin-pod';
import { writeRawData } from '../plugins/raw-data';
import { writePlugins } from '../plugins/write-plugins';
import { SPIRE_PORTS } from '../ports';
import { requireTtlWithinCa } from '../ttl';
import { SERVER_DATA_DIR, SERVER_SOCKET } from './paths';
import { writeServerExperimental } from './server-experimental';
import { SERVER_KEYS } from './server-keys';
import { CaSubject, SpireServerProps } from './spire-server-props';

/**
 * The text of server.conf.
 */
export class SpireServerConfig {
  /**
   * How long a certificate of the CA is valid.
   */
  public readonly caTtl: Duration;

  /**
   * How long an X.509-SVID is valid.
   */
  public readonly x509SvidTtl: Duration;

  /**
   * Whether the file names environment variables and has to be read with -expandEnv.
   */
  public readonly expandEnv: boolean;

  private readonly file = new HclBody();

  public constructor(trustDomain: TrustDomain, props: SpireServerProps, plugins: Plugin[], private readonly pod: PluginPod) {
    this.caTtl = props.caTtl ?? Duration.hours(24);
    this.x509SvidTtl = props.x509SvidTtl ?? DEFAULT_X509_SVID_TTL;
    this.requireLifetimes(props);
    requireIssuer(props.jwtIssuer);
    requireValues(props, pod);
    writeCaution(this.file, pod.options.version);
    this.writeServer(trustDomain, props);
    writePlugins(this.file, plugins, pod);
    writeTelemetryAndHealth(this.file, props.telemetry ?? {}, props.healthPort ?? SPIRE_PORTS.health, pod);
    this.expandEnv = namesVariables(this.file);
  }

  /**
   * The text of the file.
   */
  public render(): string {
    return configText(this.file, this.expandEnv);
  }

  private requireLifetimes(props: SpireServerProps): void {
    requirePositive('caTtl', this.caTtl);
    requireTtlWithinCa('X.509-SVID TTL', this.x509SvidTtl, this.caTtl);
    requireTtlWithinCa('JWT-SVID TTL', props.jwtSvidTtl ?? DEFAULT_JWT_SVID_TTL, this.caTtl);
    requireTtlWithinCa('agent SVID TTL', props.agentTtl, this.caTtl);
  }

  private writeServer(trustDomain: TrustDomain, props: SpireServerProps): void {
    const server = this.file.block('server');
    server.attributes({
      trust_domain: trustDomain.name,
      bind_address: '0.0.0.0',
      bind_port: SPIRE_PORTS.serverApi,
      socket_path: SERVER_SOCKET,
      data_dir: SERVER_DATA_DIR,
      log_level: props.logLevel ?? LogLevel.INFO,
      log_format: props.logFormat ?? LogFormat.JSON,
      log_source_location: props.logSourceLocation,
      audit_log_enabled: props.auditLog ?? true,
    });
    server.comment('no SVID lives longer than one sixth of the CA: a longer one would be cut short late in the CA\'s life');
    server.attributes({
      ca_ttl: goDuration(this.caTtl),
      default_x509_svid_ttl: goDuration(this.x509SvidTtl),
      default_jwt_svid_ttl: goDuration(props.jwtSvidTtl ?? DEFAULT_JWT_SVID_TTL),
      agent_ttl: props.agentTtl && goDuration(props.agentTtl),
      ca_key_type: props.caKeyType,
      jwt_key_type: props.jwtKeyType,
      jwt_issuer: props.jwtIssuer,
    });
    if (props.caSubject) {
      requireSubject(props.caSubject);
      server.block('ca_subject').attributes({
        country: props.caSubject.country === undefined ? undefined : [props.caSubject.country],
        organization: [props.caSubject.organization],
        common_name: props.caSubject.commonName,
      });
    }
    this.writeApi(server, props);
    props.bundleEndpoint?._write(server, this.pod);
    writeServerExperimental(server, props.experimental, this.pod);
    writeRawData(server, props.additionalConfig, SERVER_KEYS);
  }

  private writeApi(server: HclBody, props: SpireServerProps): void {
    server.attributes({
      disable_jwt_svids: props.disableJwtSvids,
      admin_ids: props.adminIds?.map((id) => id.uri),
      max_attested_node_info_staleness: optionalDuration('maxAttestedNodeInfoStaleness', props.maxAttestedNodeInfoStaleness),
      prune_attested_nodes_expired_for: optionalDuration('pruneAttestedNodesExpiredFor', props.pruneAttestedNodesExpiredFor),
      prune_attested_nodes_batch_size: props.pruneAttestedNodesBatchSize,
      prune_tofu_nodes: props.pruneTofuNodes,
      proxy_protocol_trusted_cidrs: props.proxyProtocolTrustedCidrs,
      ...profilingKeys(props.profiling, this.pod),
    });
    if (props.rateLimit) {
      server.block('ratelimit').attributes({ attestation: props.rateLimit.attestation, signing: props.rateLimit.signing });
    }
  }
}

const DEFAULT_X509_SVID_TTL = Duration.hours(1);
const DEFAULT_JWT_SVID_TTL = Duration.minutes(5);

function requireIssuer(issuer: string | undefined): void {
  if (issuer !== undefined && !/^https:\/\/[^\s"'<>\\/?#@]+(\/[^\s"'<>\\?#]*)?$/.test(issuer)) {
    throw new Error(`jwtIssuer '${issuer}' is no https URL without user, query and fragment: relying parties fetch the keys from it, use one such as 'https://oidc.example.org'`);
  }
}

function requireSubject({ country, organization, commonName }: CaSubject): void {
  requireTexts({ 'organization of caSubject': organization, 'commonName of caSubject': commonName });
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
    throw new Error(`country '${country}' of caSubject is no country code: use two upper-case letters, such as 'DE'`);
  }
}

function requireValues(props: SpireServerProps, pod: PluginPod): void {
  requirePort('healthPort', props.healthPort);
  requireOneOf('logLevel', props.logLevel, Object.values(LogLevel));
  requireOneOf('logFormat', props.logFormat, Object.values(LogFormat));
  requireInteger('pruneAttestedNodesBatchSize', props.pruneAttestedNodesBatchSize, 1);
  props.proxyProtocolTrustedCidrs?.forEach(requireCidr);
  const gates: [string, unknown, string][] = [
    ['disableJwtSvids', props.disableJwtSvids, '1.14.0'],
    ['maxAttestedNodeInfoStaleness', props.maxAttestedNodeInfoStaleness, '1.13.1'],
    ['pruneAttestedNodesBatchSize', props.pruneAttestedNodesBatchSize, '1.15.2'],
    ['proxyProtocolTrustedCidrs', props.proxyProtocolTrustedCidrs, '1.15.0'],
  ];
  gates.filter(([, value]) => value !== undefined).forEach(([name, , since]) => pod.requireVersion(name, since));
  const prunes = props.pruneAttestedNodesBatchSize !== undefined || props.pruneTofuNodes !== undefined;
  if (prunes && props.pruneAttestedNodesExpiredFor === undefined) {
    throw new Error('pruneAttestedNodesBatchSize and pruneTofuNodes have no use without pruneAttestedNodesExpiredFor: give that too');
  }
  if (props.disableJwtSvids && (props.jwtIssuer !== undefined || props.jwtKeyType !== undefined)) {
    throw new Error('disableJwtSvids leaves jwtIssuer and jwtKeyType without use: leave them out, or give out JWT-SVIDs');
  }
}

function requireCidr(range: string): void {
  if (!isCidr(range)) {
    throw new Error(`proxyProtocolTrustedCidrs has '${range}', which is no address range: use CIDR notation such as '10.0.0.0/16', a single address ends with '/32'`);
  }
}
