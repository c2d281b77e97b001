import { Duration, Size } from 'cdk8s';
import { SpiffeId } from '../../../identity';
import { CloudIdentity } from '../cloud-identity';
import { BundleEndpoint } from '../federation/bundle-endpoint';
import { LogFormat } from '../log-format';
import { LogLevel } from '../log-level';
import { KeyType } from './key-type';
import { NodeAttestor } from '../node-attestor/node-attestor';
import { Profiling } from '../telemetry/profiling';
import { SpireTelemetry } from '../telemetry/telemetry';
import { BundlePublisher } from './plugins/bundle-publisher';
import { CredentialComposer } from './plugins/credential-composer';
import { DataStore } from './plugins/data-store';
import { KeyManager } from './plugins/key-manager';
import { UpstreamAuthority } from './plugins/upstream-authority';
import { ServerExperimental } from './server-experimental';

/**
 * The subject of the server's CA certificate, which is the issuer that people see in each SVID.
 */
export interface CaSubject {
  /**
   * The country, two letters.
   *
   * @default - no country
   */
  readonly country?: string;

  /**
   * The organization.
   */
  readonly organization: string;

  /**
   * The common name.
   *
   * @default - no common name
   */
  readonly commonName?: string;
}

/**
 * What the server slows down when somebody asks too often.
 */
export interface RateLimit {
  /**
   * Whether attestation is limited to one a second for each address.
   *
   * @default - true
   */
  readonly attestation?: boolean;

  /**
   * Whether signing is limited to 500 a second for each address.
   *
   * @default - true
   */
  readonly signing?: boolean;
}

/**
 * How the SPIRE server runs.
 */
export interface SpireServerProps {
  /**
   * How many servers run. More than one need a shared data store.
   *
   * @default - 1
   */
  readonly replicas?: number;

  /**
   * Where entries, bundles and attested nodes are kept.
   *
   * @default - SQLite on the server's volume
   */
  readonly dataStore?: DataStore;

  /**
   * Where the private keys of the CA are kept.
   *
   * @default - a file on the server's volume
   */
  readonly keyManager?: KeyManager;

  /**
   * The size of each server's volume.
   *
   * @default - 1 GiB
   */
  readonly storage?: Size;

  /**
   * The storage class of each server's volume.
   *
   * @default - the cluster's default storage class
   */
  readonly storageClassName?: string;

  /**
   * How long a certificate of the CA is valid. It is replaced when one sixth of its life is left.
   *
   * @default - 24 hours
   */
  readonly caTtl?: Duration;

  /**
   * How long an X.509-SVID is valid, which is also how long workloads go on when SPIRE is down. At most one sixth of `caTtl`, or seven days.
   *
   * @default - 1 hour
   */
  readonly x509SvidTtl?: Duration;

  /**
   * How long a JWT-SVID is valid. At most one sixth of `caTtl`, or seven days.
   *
   * @default - 5 minutes
   */
  readonly jwtSvidTtl?: Duration;

  /**
   * How long the SVID of an agent is valid. At most one sixth of `caTtl`, or seven days.
   *
   * @default - the same as `x509SvidTtl`
   */
  readonly agentTtl?: Duration;

  /**
   * The type of the CA's key.
   *
   * @default - SPIRE's own default, P-256
   */
  readonly caKeyType?: KeyType;

  /**
   * The type of the key that signs JWT-SVIDs.
   *
   * @default - the same as `caKeyType`
   */
  readonly jwtKeyType?: KeyType;

  /**
   * The subject of the CA's certificate.
   *
   * @default - SPIRE's own default, C=US, O=SPIFFE
   */
  readonly caSubject?: CaSubject;

  /**
   * The issuer in JWT-SVIDs: the https URL at which relying parties find the keys.
   *
   * @default - JWT-SVIDs have no issuer
   */
  readonly jwtIssuer?: string;

  /**
   * Whether each change and each issued SVID is logged with who asked for it.
   *
   * @default - true
   */
  readonly auditLog?: boolean;

  /**
   * Where other trust domains fetch the bundle of this one. Those that trust it are named by a `Federation`.
   *
   * @default - nowhere
   */
  readonly bundleEndpoint?: BundleEndpoint;

  /**
   * How much the server logs.
   *
   * @default - LogLevel.INFO
   */
  readonly logLevel?: LogLevel;

  /**
   * How the log is written.
   *
   * @default - LogFormat.JSON
   */
  readonly logFormat?: LogFormat;

  /**
   * Whether each line of the log says from which line of SPIRE's source it comes.
   *
   * @default - false
   */
  readonly logSourceLocation?: boolean;

  /**
   * The certificate authority above the server's own.
   *
   * @default - none, each server is a root of its own
   */
  readonly upstreamAuthority?: UpstreamAuthority;

  /**
   * Further ways in which agents outside of this cluster may attest. That of this cluster's own agents is always there.
   *
   * @default - none
   */
  readonly nodeAttestors?: NodeAttestor[];

  /**
   * Further places to which the trust bundle is published. The ConfigMap of this cluster's agents is always there.
   *
   * @default - none
   */
  readonly bundlePublishers?: BundlePublisher[];

  /**
   * What changes SVIDs before they are signed.
   *
   * @default - nothing
   */
  readonly credentialComposers?: CredentialComposer[];

  /**
   * The identity that the server has in a cloud, for plugins that use one without credentials.
   *
   * @default - none
   */
  readonly cloudIdentity?: CloudIdentity;

  /**
   * The workloads that may use the whole API of the server. Of this trust domain or of a federated one.
   *
   * @default - none
   */
  readonly adminIds?: SpiffeId[];

  /**
   * Whether the server gives out no JWT-SVIDs. Needs SPIRE 1.14.
   *
   * @default - false
   */
  readonly disableJwtSvids?: boolean;

  /**
   * How old what the server knows about an attested node may be. Needs SPIRE 1.13.1.
   *
   * @default - it is always read from the data store
   */
  readonly maxAttestedNodeInfoStaleness?: Duration;

  /**
   * How long after the end of its SVID an agent is forgotten.
   *
   * @default - agents are never forgotten
   */
  readonly pruneAttestedNodesExpiredFor?: Duration;

  /**
   * How many agents are forgotten at once. Needs SPIRE 1.15.2 and `pruneAttestedNodesExpiredFor`.
   *
   * @default - 1000
   */
  readonly pruneAttestedNodesBatchSize?: number;

  /**
   * Whether agents are forgotten too that cannot attest again. Needs `pruneAttestedNodesExpiredFor`.
   *
   * @default - false
   */
  readonly pruneTofuNodes?: boolean;

  /**
   * The address ranges of load balancers that tell the caller's address by the PROXY protocol. Needs SPIRE 1.15.
   *
   * @default - none
   */
  readonly proxyProtocolTrustedCidrs?: string[];

  /**
   * What is slowed down. Behind one load balancer all agents have one address.
   *
   * @default - attestation and signing
   */
  readonly rateLimit?: RateLimit;

  /**
   * Where metrics go.
   *
   * @default - Prometheus can scrape the pods
   */
  readonly telemetry?: SpireTelemetry;

  /**
   * The port of the probes.
   *
   * @default - 8080
   */
  readonly healthPort?: number;

  /**
   * Profiling of the server.
   *
   * @default - off
   */
  readonly profiling?: Profiling;

  /**
   * Settings that SPIRE may change or drop in any release.
   *
   * @default - SPIRE's own defaults
   */
  readonly experimental?: ServerExperimental;

  /**
   * Keys of the `server` block that this library does not know, in SPIRE's own spelling. They are marked in the file.
   *
   * SPIRE refuses keys that it does not know.
   *
   * @default - none
   */
  readonly additionalConfig?: { readonly [key: string]: any };
}
