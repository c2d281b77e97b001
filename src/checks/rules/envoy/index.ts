import { envoyAdmin } from './envoy-admin';
import { envoyAdminCluster } from './envoy-admin-cluster';
import { envoyAuthzAgent } from './envoy-authz-agent';
import { envoyBypass } from './envoy-bypass';
import { envoyClientCertificate } from './envoy-client-certificate';
import { envoyClusterManager } from './envoy-cluster-manager';
import { envoyClusterType } from './envoy-cluster-type';
import { envoyDeltaSds } from './envoy-delta-sds';
import { envoyDuplicate } from './envoy-duplicate';
import { envoyExtAuthz } from './envoy-ext-authz';
import { envoyExtAuthzTimeout } from './envoy-ext-authz-timeout';
import { envoyFilterOrder } from './envoy-filter-order';
import { envoyFilterXfcc } from './envoy-filter-xfcc';
import { envoyGrpcHttp2 } from './envoy-grpc-http2';
import { envoyHealthCheck } from './envoy-health-check';
import { envoyIdentity } from './envoy-identity';
import { envoyJwtIssuer } from './envoy-jwt-issuer';
import { envoyJwtOpen } from './envoy-jwt-open';
import { envoyJwtProvider } from './envoy-jwt-provider';
import { envoyListenerAddress } from './envoy-listener-address';
import { envoyMixedListener } from './envoy-mixed-listener';
import { envoyNoAdmin } from './envoy-no-admin';
import { envoyNoCertificate } from './envoy-no-certificate';
import { envoyNoEndpoints } from './envoy-no-endpoints';
import { envoyNoRouter } from './envoy-no-router';
import { envoyNoValidation } from './envoy-no-validation';
import { envoyNode } from './envoy-node';
import { envoyOldImage } from './envoy-old-image';
import { envoyOldTypes } from './envoy-old-types';
import { envoyPlainUpstream } from './envoy-plain-upstream';
import { envoyPort } from './envoy-port';
import { envoyProbe } from './envoy-probe';
import { envoyRbacNever } from './envoy-rbac-never';
import { envoyRbacOpen } from './envoy-rbac-open';
import { envoyRouteShadowed } from './envoy-route-shadowed';
import { envoySan } from './envoy-san';
import { envoySanIdentity } from './envoy-san-identity';
import { envoySanType } from './envoy-san-type';
import { envoySanValue } from './envoy-san-value';
import { envoySanWide } from './envoy-san-wide';
import { envoySchema } from './envoy-schema';
import { envoySdsCluster } from './envoy-sds-cluster';
import { envoySdsFile } from './envoy-sds-file';
import { envoySdsHttp2 } from './envoy-sds-http2';
import { envoySdsNames } from './envoy-sds-names';
import { envoySecretName } from './envoy-secret-name';
import { envoySecretSource } from './envoy-secret-source';
import { envoySocketPath } from './envoy-socket-path';
import { envoySpiffeValidator } from './envoy-spiffe-validator';
import { envoyStaticCa } from './envoy-static-ca';
import { envoyTimeout } from './envoy-timeout';
import { envoyTlsSide } from './envoy-tls-side';
import { envoyTrustDomain } from './envoy-trust-domain';
import { envoyTwoMatchers } from './envoy-two-matchers';
import { envoyTwoProxies } from './envoy-two-proxies';
import { envoyUndefinedCluster } from './envoy-undefined-cluster';
import { envoyUnknownField } from './envoy-unknown-field';
import { envoyUnreadable } from './envoy-unreadable';
import { envoyUntrusted } from './envoy-untrusted';
import { envoyUpstream } from './envoy-upstream';
import { envoyXfcc } from './envoy-xfcc';
import { Rule } from '../../rule';

export const ENVOY_RULES: readonly Rule[] = [
  envoyAdmin,
  envoyAdminCluster,
  envoyAuthzAgent,
  envoyBypass,
  envoyClientCertificate,
  envoyClusterManager,
  envoyClusterType,
  envoyDeltaSds,
  envoyDuplicate,
  envoyExtAuthz,
  envoyExtAuthzTimeout,
  envoyFilterOrder,
  envoyFilterXfcc,
  envoyGrpcHttp2,
  envoyHealthCheck,
  envoyIdentity,
  envoyJwtIssuer,
  envoyJwtOpen,
  envoyJwtProvider,
  envoyListenerAddress,
  envoyMixedListener,
  envoyNoAdmin,
  envoyNoCertificate,
  envoyNoEndpoints,
  envoyNoRouter,
  envoyNoValidation,
  envoyNode,
  envoyOldImage,
  envoyOldTypes,
  envoyPlainUpstream,
  envoyPort,
  envoyProbe,
  envoyRbacNever,
  envoyRbacOpen,
  envoyRouteShadowed,
  envoySan,
  envoySanIdentity,
  envoySanType,
  envoySanValue,
  envoySanWide,
  envoySchema,
  envoySdsCluster,
  envoySdsFile,
  envoySdsHttp2,
  envoySdsNames,
  envoySecretName,
  envoySecretSource,
  envoySocketPath,
  envoySpiffeValidator,
  envoyStaticCa,
  envoyTimeout,
  envoyTlsSide,
  envoyTrustDomain,
  envoyTwoMatchers,
  envoyTwoProxies,
  envoyUndefinedCluster,
  envoyUnknownField,
  envoyUnreadable,
  envoyUntrusted,
  envoyUpstream,
  envoyXfcc,
];
