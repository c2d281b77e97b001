import { OIDC_PORTS } from './oidc-ports';
import { SpireVersion, WorkloadApiSocket } from '../../../cluster';
import { HclBody, HclWriter } from '../../../formats/hcl';
import { TrustDomain } from '../../../identity';
import { writeCaution } from '../config-text';
import { requirePort } from '../input';
import { LogFormat } from '../log-format';
import { LogLevel } from '../log-level';

/**
 * What the configuration of the provider says.
 */
export interface OidcConfigOptions {
  readonly version: SpireVersion;
  readonly issuer: OidcIssuer;
  readonly trustDomain: TrustDomain;
  readonly socket: WorkloadApiSocket;
  readonly additionalDomains: string[];
  readonly setKeyUse?: boolean;
  readonly logLevel?: LogLevel;
}

/**
 * The issuer of JWT-SVIDs in its parts.
 */
export interface OidcIssuer {
  readonly url: string;
  readonly host: string;
  readonly port: number;

  /** Without a slash at its end; empty for an issuer without path. */
  readonly path: string;
}

/**
 * The directory of the configuration.
 */
export const OIDC_CONFIG_DIR = '/run/spire/oidc/config';

/**
 * The name of its file.
 */
export const OIDC_CONFIG_FILE = 'oidc-discovery-provider.conf';

/**
 * The directory of the certificate.
 */
export const OIDC_CERTIFICATE_DIR = '/run/spire/oidc/tls';

/**
 * The directory of the Workload API socket.
 */
export const OIDC_SOCKET_DIR = '/spiffe-workload-api';

/**
 * The parts of an issuer, which is an https URL without query. They are as written: verifiers compare issuers byte by byte.
 */
export function oidcIssuer(url: string): OidcIssuer {
  const [, host, port, path] = /^https:\/\/(\[[^\]]*\]|[^:/]*)(?::([^/]*))?(.*)$/.exec(url)!;
  const issuer = { url, host, port: Number(port ?? 443), path: path.replace(/\/+$/, '') };
  requirePort(`port of issuer '${url}'`, issuer.port);
  return issuer;
}

/**
 * A URL below that of the issuer.
 */
export function belowIssuer({ url }: OidcIssuer, path: string): string {
  return `${url.replace(/\/+$/, '')}/${path}`;
}

/**
 * The text of the provider's configuration.
 */
export function oidcConfig(options: OidcConfigOptions): string {
  const { issuer, socket } = options;
  const file = new HclBody();
  writeCaution(file, options.version);
  file.attributes({
    log_level: options.logLevel ?? LogLevel.INFO,
    log_format: LogFormat.JSON,
    domains: [issuer.host, ...options.additionalDomains],
    jwt_issuer: issuer.url,
    // stated, as one that is left out draws a warning
    jwks_uri: belowIssuer(issuer, 'keys'),
    server_path_prefix: issuer.path === '' ? undefined : issuer.path,
    set_key_use: options.setKeyUse,
  });
  file.block('serving_cert_file').attributes({
    addr: `:${OIDC_PORTS.https}`,
    cert_file_path: `${OIDC_CERTIFICATE_DIR}/tls.crt`,
    key_file_path: `${OIDC_CERTIFICATE_DIR}/tls.key`,
    file_sync_interval: '1m',
  });
  file.block('workload_api').attributes({ socket_path: `${OIDC_SOCKET_DIR}/${socket.fileName}`, trust_domain: options.trustDomain.name });
  file.block('health_checks').attributes({ bind_port: OIDC_PORTS.health, live_path: '/live', ready_path: '/ready' });
  return new HclWriter({ expandEnv: false }).write(file);
}
