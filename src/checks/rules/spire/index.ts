import { spireAdminDomain } from './spire-admin-domain';
import { spireAdminSocket } from './spire-admin-socket';
import { spireAgentClosed } from './spire-agent-closed';
import { spireAgentDns } from './spire-agent-dns';
import { spireAgentEveryNode } from './spire-agent-every-node';
import { spireAgentHostPid } from './spire-agent-host-pid';
import { spireAgentNodeName } from './spire-agent-node-name';
import { spireAgentNodes } from './spire-agent-nodes';
import { spireAgentNotAllowed } from './spire-agent-not-allowed';
import { spireAgentUser } from './spire-agent-user';
import { spireAgentsCollide } from './spire-agents-collide';
import { spireApiClosed } from './spire-api-closed';
import { spireApiOff } from './spire-api-off';
import { spireArgs } from './spire-args';
import { spireAttestor } from './spire-attestor';
import { spireAvailability } from './spire-availability';
import { spireBackendClosed } from './spire-backend-closed';
import { spireBundleDocument } from './spire-bundle-document';
import { spireBundleFormat } from './spire-bundle-format';
import { spireBundleName } from './spire-bundle-name';
import { spireBundleNamespace } from './spire-bundle-namespace';
import { spireBundleOwned } from './spire-bundle-owned';
import { spireBundleSubPath } from './spire-bundle-sub-path';
import { spireClassName } from './spire-class-name';
import { spireClientNoIdentity } from './spire-client-no-identity';
import { spireClusterAdmin } from './spire-cluster-admin';
import { spireClusterLocal } from './spire-cluster-local';
import { spireClusterName } from './spire-cluster-name';
import { spireConfigPath } from './spire-config-path';
import { spireCsiMount } from './spire-csi-mount';
import { spireCsiObject } from './spire-csi-object';
import { spireCsiRegistration } from './spire-csi-registration';
import { spireCsiStart } from './spire-csi-start';
import { spireDbReadOnly } from './spire-db-read-only';
import { spireDbTls } from './spire-db-tls';
import { spireDelegates } from './spire-delegates';
import { spireDeprecated } from './spire-deprecated';
import { spireDockerAttestor } from './spire-docker-attestor';
import { spireEndpointSocket } from './spire-endpoint-socket';
import { spireExpandEnv } from './spire-expand-env';
import { spireExpandEnvUnseen } from './spire-expand-env-unseen';
import { spireFederationConfig } from './spire-federation-config';
import { spireFederationDoubtful } from './spire-federation-doubtful';
import { spireFileMissing } from './spire-file-missing';
import { spireFolderOfRoot } from './spire-folder-of-root';
import { spireHaDiskKeys } from './spire-ha-disk-keys';
import { spireHaSqlite } from './spire-ha-sqlite';
import { spireHealth } from './spire-health';
import { spireHealthPort } from './spire-health-port';
import { spireHelper } from './spire-helper';
import { spireHelperIgnored } from './spire-helper-ignored';
import { spireHelperUnread } from './spire-helper-unread';
import { spireId } from './spire-id';
import { spireIdAdmin } from './spire-id-admin';
import { spireIdContainerSelector } from './spire-id-container-selector';
import { spireIdDns } from './spire-id-dns';
import { spireIdEverything } from './spire-id-everything';
import { spireIdFields } from './spire-id-fields';
import { spireIdIstiod } from './spire-id-istiod';
import { spireIdLabel } from './spire-id-label';
import { spireIdMasked } from './spire-id-masked';
import { spireIdMeshForm } from './spire-id-mesh-form';
import { spireIdNamespaceLabel } from './spire-id-namespace-label';
import { spireIdOverlap } from './spire-id-overlap';
import { spireIdPodDns } from './spire-id-pod-dns';
import { spireIdSelector } from './spire-id-selector';
import { spireIdSelectsNothing } from './spire-id-selects-nothing';
import { spireIdTemplate } from './spire-id-template';
import { spireIdTlsMode } from './spire-id-tls-mode';
import { spireIdTtl } from './spire-id-ttl';
import { spireIdTtlCa } from './spire-id-ttl-ca';
import { spireIdTtlShort } from './spire-id-ttl-short';
import { spireIdType } from './spire-id-type';
import { spireIdWildcardDns } from './spire-id-wildcard-dns';
import { spireInsecureBootstrap } from './spire-insecure-bootstrap';
import { spireJwtIssuer } from './spire-jwt-issuer';
import { spireJwtIssuerForm } from './spire-jwt-issuer-form';
import { spireJwtIssuerUnset } from './spire-jwt-issuer-unset';
import { spireJwtOff } from './spire-jwt-off';
import { spireK8sbundle } from './spire-k8sbundle';
import { spireKeyDropped } from './spire-key-dropped';
import { spireKubeletClosed } from './spire-kubelet-closed';
import { spireLostValues } from './spire-lost-values';
import { spireManagerConfig } from './spire-manager-config';
import { spireManagerIgnored } from './spire-manager-ignored';
import { spireManagerPrefix } from './spire-manager-prefix';
import { spireManagerSocket } from './spire-manager-socket';
import { spireManagerValue } from './spire-manager-value';
import { spireManagersClass } from './spire-managers-class';
import { spireManagersFight } from './spire-managers-fight';
import { spireManagersShare } from './spire-managers-share';
import { spireMemoryKeys } from './spire-memory-keys';
import { spireMetricsLocalhost } from './spire-metrics-localhost';
import { spireNestedAgent } from './spire-nested-agent';
import { spireNestedRights } from './spire-nested-rights';
import { spireNestedRoot } from './spire-nested-root';
import { spireNestedTtl } from './spire-nested-ttl';
import { spireNoApiToken } from './spire-no-api-token';
import { spireNoIdentity } from './spire-no-identity';
import { spireNoReattest } from './spire-no-reattest';
import { spireNodeAlias } from './spire-node-alias';
import { spireNodeNameUnset } from './spire-node-name-unset';
import { spireNotReconciled } from './spire-not-reconciled';
import { spireNotes } from './spire-notes';
import { spireOidcCertificate } from './spire-oidc-certificate';
import { spireOidcClosed } from './spire-oidc-closed';
import { spireOidcHost } from './spire-oidc-host';
import { spireOidcKeyType } from './spire-oidc-key-type';
import { spireOidcKeys } from './spire-oidc-keys';
import { spireOidcPlain } from './spire-oidc-plain';
import { spireOidcPort } from './spire-oidc-port';
import { spireOldImage } from './spire-old-image';
import { spireOpenshift } from './spire-openshift';
import { spireOpenshiftTtl } from './spire-openshift-ttl';
import { spireParentId } from './spire-parent-id';
import { spireParentUnknown } from './spire-parent-unknown';
import { spirePluginData } from './spire-plugin-data';
import { spirePlugins } from './spire-plugins';
import { spirePortTwice } from './spire-port-twice';
import { spirePortUnheard } from './spire-port-unheard';
import { spireProbe } from './spire-probe';
import { spireProbeCommand } from './spire-probe-command';
import { spireProbeSwapped } from './spire-probe-swapped';
import { spireProxyProtocol } from './spire-proxy-protocol';
import { spireRbac } from './spire-rbac';
import { spireRbacStatus } from './spire-rbac-status';
import { spireRbacWatch } from './spire-rbac-watch';
import { spireReadOnly } from './spire-read-only';
import { spireRegistrar } from './spire-registrar';
import { spireRequiredKey } from './spire-required-key';
import { spireRollingSqlite } from './spire-rolling-sqlite';
import { spireSecretInConfig } from './spire-secret-in-config';
import { spireSecretInFile } from './spire-secret-in-file';
import { spireServerAddress } from './spire-server-address';
import { spireServerClosed } from './spire-server-closed';
import { spireServerHttp } from './spire-server-http';
import { spireServerService } from './spire-server-service';
import { spireServerSocket } from './spire-server-socket';
import { spireServiceAccounts } from './spire-service-accounts';
import { spireSharedKeys } from './spire-shared-keys';
import { spireSkipKubelet } from './spire-skip-kubelet';
import { spireSocketClient } from './spire-socket-client';
import { spireSocketEmptyDir } from './spire-socket-empty-dir';
import { spireSocketFolder } from './spire-socket-folder';
import { spireSocketName } from './spire-socket-name';
import { spireSocketNameUnseen } from './spire-socket-name-unseen';
import { spireSocketNotShared } from './spire-socket-not-shared';
import { spireSockets } from './spire-sockets';
import { spireStateLost } from './spire-state-lost';
import { spireStateOnImage } from './spire-state-on-image';
import { spireStaticEntry } from './spire-static-entry';
import { spireSyntax } from './spire-syntax';
import { spireTelemetry } from './spire-telemetry';
import { spireTokenAudience } from './spire-token-audience';
import { spireTokenMissing } from './spire-token-missing';
import { spireTrustBundle } from './spire-trust-bundle';
import { spireTrustDomain } from './spire-trust-domain';
import { spireTrustDomainsDiffer } from './spire-trust-domains-differ';
import { spireTtl } from './spire-ttl';
import { spireUnknownKey } from './spire-unknown-key';
import { spireUpstreamClosed } from './spire-upstream-closed';
import { spireValue } from './spire-value';
import { spireValueIgnored } from './spire-value-ignored';
import { spireVaultEnv } from './spire-vault-env';
import { spireVaultPlain } from './spire-vault-plain';
import { spireVaultToken } from './spire-vault-token';
import { spireVersionSkew } from './spire-version-skew';
import { spireWebhook } from './spire-webhook';
import { Rule } from '../../rule';

export const SPIRE_RULES: readonly Rule[] = [
  spireAdminDomain,
  spireAdminSocket,
  spireAgentDns,
  spireAgentEveryNode,
  spireAgentHostPid,
  spireAgentNodeName,
  spireAgentNodes,
  spireAgentNotAllowed,
  spireAgentsCollide,
  spireArgs,
  spireAttestor,
  spireAvailability,
  spireBundleDocument,
  spireBundleFormat,
  spireBundleName,
  spireBundleNamespace,
  spireBundleOwned,
  spireClassName,
  spireClientNoIdentity,
  spireClusterLocal,
  spireClusterName,
  spireConfigPath,
  spireCsiMount,
  spireCsiRegistration,
  spireDbReadOnly,
  spireDbTls,
  spireDelegates,
  spireDeprecated,
  spireDockerAttestor,
  spireEndpointSocket,
  spireExpandEnv,
  spireExpandEnvUnseen,
  spireFederationConfig,
  spireFederationDoubtful,
  spireFileMissing,
  spireFolderOfRoot,
  spireHaDiskKeys,
  spireHaSqlite,
  spireHealth,
  spireHealthPort,
  spireHelper,
  spireHelperIgnored,
  spireId,
  spireIdAdmin,
  spireIdContainerSelector,
  spireIdDns,
  spireIdEverything,
  spireIdFields,
  spireIdIstiod,
  spireIdLabel,
  spireIdMasked,
  spireIdMeshForm,
  spireIdNamespaceLabel,
  spireIdOverlap,
  spireIdPodDns,
  spireIdSelector,
  spireIdSelectsNothing,
  spireIdTemplate,
  spireIdTlsMode,
  spireIdTtl,
  spireIdTtlCa,
  spireIdTtlShort,
  spireIdType,
  spireIdWildcardDns,
  spireInsecureBootstrap,
  spireJwtIssuer,
  spireJwtIssuerForm,
  spireJwtIssuerUnset,
  spireJwtOff,
  spireK8sbundle,
  spireKeyDropped,
  spireLostValues,
  spireManagerConfig,
  spireManagerIgnored,
  spireManagerPrefix,
  spireManagerSocket,
  spireManagerValue,
  spireManagersFight,
  spireMemoryKeys,
  spireMetricsLocalhost,
  spireNestedAgent,
  spireNestedRights,
  spireNestedRoot,
  spireNestedTtl,
  spireNoIdentity,
  spireNoReattest,
  spireNodeAlias,
  spireNodeNameUnset,
  spireNotReconciled,
  spireNotes,
  spireOidcHost,
  spireOidcKeyType,
  spireOidcPlain,
  spireOldImage,
  spireOpenshift,
  spireOpenshiftTtl,
  spireParentId,
  spireParentUnknown,
  spirePluginData,
  spirePlugins,
  spirePortTwice,
  spireProbe,
  spireProbeCommand,
  spireProbeSwapped,
  spireProxyProtocol,
  spireRbac,
  spireRbacStatus,
  spireRegistrar,
  spireRequiredKey,
  spireRollingSqlite,
  spireSecretInConfig,
  spireSecretInFile,
  spireServerAddress,
  spireServerClosed,
  spireServerHttp,
  spireServerService,
  spireServiceAccounts,
  spireSharedKeys,
  spireSkipKubelet,
  spireSocketClient,
  spireSocketEmptyDir,
  spireSocketFolder,
  spireSocketName,
  spireSocketNameUnseen,
  spireSocketNotShared,
  spireSockets,
  spireStateLost,
  spireStateOnImage,
  spireStaticEntry,
  spireSyntax,
  spireTelemetry,
  spireTokenAudience,
  spireTokenMissing,
  spireTrustBundle,
  spireTrustDomain,
  spireTrustDomainsDiffer,
  spireTtl,
  spireUnknownKey,
  spireUpstreamClosed,
  spireValue,
  spireValueIgnored,
  spireVaultEnv,
  spireVaultPlain,
  spireVaultToken,
  spireVersionSkew,
  spireWebhook,
  spireAgentClosed,
  spireApiClosed,
  spireApiOff,
  spireReadOnly,
  spireAgentUser,
  spireNoApiToken,
  spireOidcClosed,
  spireManagersClass,
  spireManagersShare,
  spireBackendClosed,
  spireKubeletClosed,
  spireCsiStart,
  spirePortUnheard,
  spireOidcKeys,
  spireRbacWatch,
  spireServerSocket,
  spireBundleSubPath,
  spireHelperUnread,
  spireOidcCertificate,
  spireOidcPort,
  spireClusterAdmin,
  spireCsiObject,
];
