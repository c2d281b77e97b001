import { meshAmbient } from './mesh-ambient';
import { meshAmbientL7 } from './mesh-ambient-l7';
import { meshAuthzAliasPrefix } from './mesh-authz-alias-prefix';
import { meshAuthzClusterLocal } from './mesh-authz-cluster-local';
import { meshAuthzCustom } from './mesh-authz-custom';
import { meshAuthzDenyTcp } from './mesh-authz-deny-tcp';
import { meshAuthzEmptyList } from './mesh-authz-empty-list';
import { meshAuthzForeign } from './mesh-authz-foreign';
import { meshAuthzGatewayPort } from './mesh-authz-gateway-port';
import { meshAuthzHost } from './mesh-authz-host';
import { meshAuthzIdentityHeader } from './mesh-authz-identity-header';
import { meshAuthzIssuer } from './mesh-authz-issuer';
import { meshAuthzKubelet } from './mesh-authz-kubelet';
import { meshAuthzMetricsPath } from './mesh-authz-metrics-path';
import { meshAuthzNamespaceOpen } from './mesh-authz-namespace-open';
import { meshAuthzNever } from './mesh-authz-never';
import { meshAuthzNoToken } from './mesh-authz-no-token';
import { meshAuthzNormalization } from './mesh-authz-normalization';
import { meshAuthzNot } from './mesh-authz-not';
import { meshAuthzPlainPort } from './mesh-authz-plain-port';
import { meshAuthzPort } from './mesh-authz-port';
import { meshAuthzPrincipal } from './mesh-authz-principal';
import { meshAuthzPrincipalForm } from './mesh-authz-principal-form';
import { meshAuthzRemoteIp } from './mesh-authz-remote-ip';
import { meshAuthzRequestPrincipal } from './mesh-authz-request-principal';
import { meshAuthzSelectsNothing } from './mesh-authz-selects-nothing';
import { meshAuthzSelf } from './mesh-authz-self';
import { meshAuthzShape } from './mesh-authz-shape';
import { meshAuthzShortAccount } from './mesh-authz-short-account';
import { meshAuthzSni } from './mesh-authz-sni';
import { meshAuthzTcp } from './mesh-authz-tcp';
import { meshAuthzTrustDomain } from './mesh-authz-trust-domain';
import { meshAuthzUnknownAccount } from './mesh-authz-unknown-account';
import { meshAuthzWhen } from './mesh-authz-when';
import { meshAuthzWideAllow } from './mesh-authz-wide-allow';
import { meshAutoImage } from './mesh-auto-image';
import { meshAutoMtls } from './mesh-auto-mtls';
import { meshBundleUrl } from './mesh-bundle-url';
import { meshCaAddress } from './mesh-ca-address';
import { meshConfigField } from './mesh-config-field';
import { meshConfigShape } from './mesh-config-shape';
import { meshCsiDriver } from './mesh-csi-driver';
import { meshCsiOld } from './mesh-csi-old';
import { meshCsiPluginName } from './mesh-csi-plugin-name';
import { meshCsiReadOnly } from './mesh-csi-read-only';
import { meshCsiSubPath } from './mesh-csi-sub-path';
import { meshCsiUnknownDriver } from './mesh-csi-unknown-driver';
import { meshDeadConfigMap } from './mesh-dead-config-map';
import { meshDefaultProviders } from './mesh-default-providers';
import { meshDestinationRuleShape } from './mesh-destination-rule-shape';
import { meshEntryClosed } from './mesh-entry-closed';
import { meshEnvoyFilterShape } from './mesh-envoy-filter-shape';
import { meshExport } from './mesh-export';
import { meshExtAuthzOpen } from './mesh-ext-authz-open';
import { meshExtAuthzTimeout } from './mesh-ext-authz-timeout';
import { meshExternalCa } from './mesh-external-ca';
import { meshExternalIdentity } from './mesh-external-identity';
import { meshFailOpen } from './mesh-fail-open';
import { meshFileTls } from './mesh-file-tls';
import { meshGatewayClient } from './mesh-gateway-client';
import { meshGatewayConflict } from './mesh-gateway-conflict';
import { meshGatewayElsewhere } from './mesh-gateway-elsewhere';
import { meshGatewayEntry } from './mesh-gateway-entry';
import { meshGatewayFiles } from './mesh-gateway-files';
import { meshGatewayNoSni } from './mesh-gateway-no-sni';
import { meshGatewayOldTls } from './mesh-gateway-old-tls';
import { meshGatewayOverlay } from './mesh-gateway-overlay';
import { meshGatewayPort } from './mesh-gateway-port';
import { meshGatewayRights } from './mesh-gateway-rights';
import { meshGatewayRoute } from './mesh-gateway-route';
import { meshGatewaySan } from './mesh-gateway-san';
import { meshGatewaySecret } from './mesh-gateway-secret';
import { meshGatewaySelector } from './mesh-gateway-selector';
import { meshGatewayServer } from './mesh-gateway-server';
import { meshGatewayShape } from './mesh-gateway-shape';
import { meshGatewaySni } from './mesh-gateway-sni';
import { meshGatewaySocket } from './mesh-gateway-socket';
import { meshGatewaySvid } from './mesh-gateway-svid';
import { meshGatewayTemplate } from './mesh-gateway-template';
import { meshGatewayTls } from './mesh-gateway-tls';
import { meshHoldApplication } from './mesh-hold-application';
import { meshHostPathSocket } from './mesh-host-path-socket';
import { meshHttpRouteShape } from './mesh-http-route-shape';
import { meshIdentityHeader } from './mesh-identity-header';
import { meshInitContainer } from './mesh-init-container';
import { meshInjectAnnotation } from './mesh-inject-annotation';
import { meshInjectValue } from './mesh-inject-value';
import { meshInputsDiffer } from './mesh-inputs-differ';
import { meshIstioWarns } from './mesh-istio-warns';
import { meshJwtAudience } from './mesh-jwt-audience';
import { meshJwtClosed } from './mesh-jwt-closed';
import { meshJwtIssuer } from './mesh-jwt-issuer';
import { meshJwtKeys } from './mesh-jwt-keys';
import { meshJwtPrivateKey } from './mesh-jwt-private-key';
import { meshListenerShape } from './mesh-listener-shape';
import { meshListenerTls } from './mesh-listener-tls';
import { meshLogOperator } from './mesh-log-operator';
import { meshNetworkClosed } from './mesh-network-closed';
import { meshNotInjected } from './mesh-not-injected';
import { meshOldApi } from './mesh-old-api';
import { meshOperatorApplied } from './mesh-operator-applied';
import { meshOperatorDead } from './mesh-operator-dead';
import { meshOperatorField } from './mesh-operator-field';
import { meshPeerScope } from './mesh-peer-scope';
import { meshPermissive } from './mesh-permissive';
import { meshPlaintext } from './mesh-plaintext';
import { meshPolicyIstiod } from './mesh-policy-istiod';
import { meshPortExcluded } from './mesh-port-excluded';
import { meshProvider } from './mesh-provider';
import { meshProviderKinds } from './mesh-provider-kinds';
import { meshProviderService } from './mesh-provider-service';
import { meshProviderShape } from './mesh-provider-shape';
import { meshProviderSpire } from './mesh-provider-spire';
import { meshProxyAnnotation } from './mesh-proxy-annotation';
import { meshProxyConfigShape } from './mesh-proxy-config-shape';
import { meshRedundantEnv } from './mesh-redundant-env';
import { meshRefusedAnnotation } from './mesh-refused-annotation';
import { meshRemoteSecret } from './mesh-remote-secret';
import { meshRequestAuthenticationShape } from './mesh-request-authentication-shape';
import { meshRevision } from './mesh-revision';
import { meshRouteBackend } from './mesh-route-backend';
import { meshRouteGateway } from './mesh-route-gateway';
import { meshRouteGrant } from './mesh-route-grant';
import { meshRouteKind } from './mesh-route-kind';
import { meshRouteListener } from './mesh-route-listener';
import { meshRouteMatchPort } from './mesh-route-match-port';
import { meshRoutePort } from './mesh-route-port';
import { meshRouteProtocol } from './mesh-route-protocol';
import { meshRouteShadowed } from './mesh-route-shadowed';
import { meshRouteSni } from './mesh-route-sni';
import { meshRuleCa } from './mesh-rule-ca';
import { meshRuleCertificate } from './mesh-rule-certificate';
import { meshRuleTls } from './mesh-rule-tls';
import { meshRuleUnverified } from './mesh-rule-unverified';
import { meshSanIdentity } from './mesh-san-identity';
import { meshSanScheme } from './mesh-san-scheme';
import { meshSdsNames } from './mesh-sds-names';
import { meshSecurityField } from './mesh-security-field';
import { meshSelectorStar } from './mesh-selector-star';
import { meshServiceEntry } from './mesh-service-entry';
import { meshServiceEntryEmpty } from './mesh-service-entry-empty';
import { meshServiceEntryLocal } from './mesh-service-entry-local';
import { meshServiceEntrySelector } from './mesh-service-entry-selector';
import { meshServiceEntryShape } from './mesh-service-entry-shape';
import { meshSidecar } from './mesh-sidecar';
import { meshSidecarHides } from './mesh-sidecar-hides';
import { meshSidecarShape } from './mesh-sidecar-shape';
import { meshSocketFile } from './mesh-socket-file';
import { meshSocketMeshWide } from './mesh-socket-mesh-wide';
import { meshStrictPlaintext } from './mesh-strict-plaintext';
import { meshSubset } from './mesh-subset';
import { meshTarget } from './mesh-target';
import { meshTelemetryEntries } from './mesh-telemetry-entries';
import { meshTelemetryField } from './mesh-telemetry-field';
import { meshTelemetryOne } from './mesh-telemetry-one';
import { meshTelemetryProvider } from './mesh-telemetry-provider';
import { meshTelemetryShape } from './mesh-telemetry-shape';
import { meshTelemetryTags } from './mesh-telemetry-tags';
import { meshTemplateAlone } from './mesh-template-alone';
import { meshTemplateConfigMap } from './mesh-template-config-map';
import { meshTemplateContainer } from './mesh-template-container';
import { meshTemplateDriver } from './mesh-template-driver';
import { meshTemplateEmptyDir } from './mesh-template-empty-dir';
import { meshTemplateHostPath } from './mesh-template-host-path';
import { meshTemplateLabels } from './mesh-template-labels';
import { meshTemplateMissing } from './mesh-template-missing';
import { meshTemplateMountPath } from './mesh-template-mount-path';
import { meshTemplateSocket } from './mesh-template-socket';
import { meshTemplateSyntax } from './mesh-template-syntax';
import { meshTemplateUnknown } from './mesh-template-unknown';
import { meshTemplateVolume } from './mesh-template-volume';
import { meshTlsModeLabel } from './mesh-tls-mode-label';
import { meshTlsOrigination } from './mesh-tls-origination';
import { meshTokenOptional } from './mesh-token-optional';
import { meshTraceTags } from './mesh-trace-tags';
import { meshTrafficExtensionShape } from './mesh-traffic-extension-shape';
import { meshTrustDomain } from './mesh-trust-domain';
import { meshTwoDestinationRules } from './mesh-two-destination-rules';
import { meshTwoTargets } from './mesh-two-targets';
import { meshTwoVirtualServices } from './mesh-two-virtual-services';
import { meshTwoVolumeTypes } from './mesh-two-volume-types';
import { meshUnknownEnv } from './mesh-unknown-env';
import { meshUnknownHost } from './mesh-unknown-host';
import { meshVirtualServiceShape } from './mesh-virtual-service-shape';
import { meshWasmShape } from './mesh-wasm-shape';
import { meshWaypoint } from './mesh-waypoint';
import { meshWorkloadEntryShape } from './mesh-workload-entry-shape';
import { meshWorkloadGroupShape } from './mesh-workload-group-shape';
import { Rule } from '../../rule';

export const MESH_RULES: readonly Rule[] = [
  meshAmbient,
  meshAuthzAliasPrefix,
  meshAuthzClusterLocal,
  meshAuthzCustom,
  meshAuthzDenyTcp,
  meshAuthzEmptyList,
  meshAuthzForeign,
  meshAuthzGatewayPort,
  meshAuthzHost,
  meshAuthzIdentityHeader,
  meshAuthzIssuer,
  meshAuthzKubelet,
  meshAuthzMetricsPath,
  meshAuthzNever,
  meshAuthzNoToken,
  meshAuthzNormalization,
  meshAuthzNot,
  meshAuthzPlainPort,
  meshAuthzPort,
  meshAuthzPrincipal,
  meshAuthzPrincipalForm,
  meshAuthzRemoteIp,
  meshAuthzRequestPrincipal,
  meshAuthzSelectsNothing,
  meshAuthzSelf,
  meshAuthzShape,
  meshAuthzShortAccount,
  meshAuthzSni,
  meshAuthzTcp,
  meshAuthzTrustDomain,
  meshAuthzUnknownAccount,
  meshAuthzWhen,
  meshAuthzWideAllow,
  meshAutoImage,
  meshBundleUrl,
  meshCaAddress,
  meshConfigField,
  meshCsiDriver,
  meshCsiOld,
  meshCsiPluginName,
  meshCsiReadOnly,
  meshCsiSubPath,
  meshCsiUnknownDriver,
  meshDeadConfigMap,
  meshDefaultProviders,
  meshEntryClosed,
  meshExport,
  meshExtAuthzOpen,
  meshExtAuthzTimeout,
  meshExternalCa,
  meshExternalIdentity,
  meshFailOpen,
  meshFileTls,
  meshGatewayClient,
  meshGatewayConflict,
  meshGatewayEntry,
  meshGatewayFiles,
  meshGatewayNoSni,
  meshGatewayOldTls,
  meshGatewayPort,
  meshGatewayRights,
  meshGatewaySecret,
  meshGatewayOverlay,
  meshGatewayElsewhere,
  meshGatewayRoute,
  meshGatewayServer,
  meshGatewaySni,
  meshGatewaySocket,
  meshGatewaySvid,
  meshGatewayTemplate,
  meshGatewayTls,
  meshHoldApplication,
  meshHostPathSocket,
  meshIdentityHeader,
  meshHttpRouteShape,
  meshInitContainer,
  meshInjectAnnotation,
  meshInjectValue,
  meshInputsDiffer,
  meshJwtAudience,
  meshJwtIssuer,
  meshJwtKeys,
  meshListenerShape,
  meshLogOperator,
  meshNotInjected,
  meshOldApi,
  meshOperatorApplied,
  meshOperatorDead,
  meshOperatorField,
  meshPeerScope,
  meshPermissive,
  meshPlaintext,
  meshPortExcluded,
  meshProvider,
  meshProviderService,
  meshProviderKinds,
  meshProviderShape,
  meshProviderSpire,
  meshProxyAnnotation,
  meshRedundantEnv,
  meshRevision,
  meshRouteGateway,
  meshRouteKind,
  meshRouteMatchPort,
  meshRoutePort,
  meshRouteProtocol,
  meshRouteShadowed,
  meshRouteSni,
  meshRuleCa,
  meshRuleCertificate,
  meshRuleTls,
  meshRuleUnverified,
  meshSanIdentity,
  meshSanScheme,
  meshSecurityField,
  meshServiceEntry,
  meshServiceEntryEmpty,
  meshServiceEntryLocal,
  meshSidecar,
  meshSidecarHides,
  meshSocketFile,
  meshSocketMeshWide,
  meshStrictPlaintext,
  meshSubset,
  meshTelemetryEntries,
  meshTelemetryField,
  meshTelemetryOne,
  meshTelemetryProvider,
  meshTelemetryTags,
  meshTemplateAlone,
  meshTemplateConfigMap,
  meshTemplateContainer,
  meshTemplateDriver,
  meshTemplateEmptyDir,
  meshTemplateHostPath,
  meshTemplateLabels,
  meshTemplateMissing,
  meshTemplateMountPath,
  meshTemplateSocket,
  meshTemplateUnknown,
  meshTemplateVolume,
  meshTlsModeLabel,
  meshTlsOrigination,
  meshTokenOptional,
  meshTraceTags,
  meshTrustDomain,
  meshTwoTargets,
  meshTwoVirtualServices,
  meshTwoVolumeTypes,
  meshUnknownEnv,
  meshUnknownHost,
  meshPolicyIstiod,
  meshTwoDestinationRules,
  meshGatewaySelector,
  meshNetworkClosed,
  meshAuthzNamespaceOpen,
  meshJwtClosed,
  meshSdsNames,
  meshRouteGrant,
  meshListenerTls,
  meshGatewaySan,
  meshAutoMtls,
  meshRemoteSecret,
  meshWaypoint,
  meshAmbientL7,
  meshServiceEntrySelector,
  meshTemplateSyntax,
  meshRouteBackend,
  meshRouteListener,
  meshSelectorStar,
  meshConfigShape,
  meshEnvoyFilterShape,
  meshJwtPrivateKey,
  meshProxyConfigShape,
  meshRefusedAnnotation,
  meshRequestAuthenticationShape,
  meshSidecarShape,
  meshTarget,
  meshTelemetryShape,
  meshTrafficExtensionShape,
  meshWasmShape,
  meshWorkloadEntryShape,
  meshWorkloadGroupShape,
  meshVirtualServiceShape,
  meshDestinationRuleShape,
  meshGatewayShape,
  meshServiceEntryShape,
  meshIstioWarns,
];
