/** The values that charts of SPIRE read, where no other names are possible: those of chart spire 0.30.0, by the path of their parent. */
export const HELM_KEYS: Readonly<Record<string, string>> = {
  'global.spire': 'bundleConfigMap caSubject clusterName gatewayAPI image ingressControllerType jwtIssuer namespaces persistence recommendations strictMode tools'
    + ' trustDomain upstreamDynamicRegistrationAddress upstreamServerAddress upstreamSpireAddress',
  'spire-server': 'adminIDs affinity agentTTL auditLogEnabled autoscaling bundleConfigMap bundlePublisher caKeyType caSubject caTTL chown '
    + 'clusterDomain clusterName configMap controllerManager crNameOverride credentialComposer customPlugins dataStore '
    + 'defaultJwtSvidTTL defaultX509SvidTTL dynamicRegistration enabled experimental externalControllerManagers externalServer '
    + 'externalServerSubject extraContainers extraEnv extraVolumeMounts extraVolumes federation fullnameOverride gatewayAPI global '
    + 'image imagePullSecrets ingress initContainers jwtIssuer jwtSVIDExecConfig jwtSVIDSupport keyManager kind kubeConfigs '
    + 'livenessProbe logFormat logLevel maxAttestedNodeInfoStaleness nameOverride namespaceOverride nodeAttestor nodeSelector '
    + 'notifier persistence podAnnotations podDisruptionBudget podLabels podSecurityContext priorityClassName '
    + 'pruneAttestedNodesExpiredFor pruneTOFUNodes rateLimit readinessProbe replicaCount resources secrets securityContext service '
    + 'serviceAccount spike spireIdentityExchange telemetry terminationGracePeriodSeconds tests tolerations tools '
    + 'topologySpreadConstraints tornjak trustDomain trustSync unsupportedBuiltInPlugins updateStrategy upstreamAuthority',
  'spire-server.nodeAttestor': 'awsIID externalK8sPSAT gcpIIT httpChallenge joinToken k8sPSAT tpmDirect x509POP',
  'spire-server.keyManager': 'awsKMS disk memory',
  'spire-server.upstreamAuthority': 'awsPCA awsSecret certManager disk ejbca gcpCAS spire vault',
  'spire-server.notifier': 'externalK8sBundle k8sBundle',
  'spire-server.bundlePublisher': 'awsRolesAnywhereTrustAnchor awsS3 externalK8sConfigMap gcpCloudStorage k8sConfigMap',
  'spire-server.persistence': 'accessMode hostPath size storageClass type',
  'spire-server.dataStore': 'sql',
  'spire-server.dataStore.sql': 'clientCertPath clientKeyPath connMaxLifetime databaseName databaseType disableMigration externalSecret file host inMemory '
    + 'maxIdleConns maxOpenConns options password port readOnly region rootCAPath username',
  'spire-server.federation': 'bundleEndpoint enabled gatewayAPI ingress tls',
  'spire-server.controllerManager': 'addEntryIDPrefix cacheNamespaces className configMap deleteHook enabled entryIDPrefixCleanup expandEnv extraEnv '
    + 'filterByClassName gcInterval identities ignoreNamespaces image installAndUpgradeHook leaderElection livenessProbe logEncoding '
    + 'logLevel parentIDTemplate readinessProbe reconcile resources securityContext service staticManifestMode '
    + 'validatingWebhookConfiguration watchClassless',
  'spire-server.controllerManager.identities': 'clusterFederatedTrustDomains clusterSPIFFEIDs clusterStaticEntries',
  'spire-server.telemetry': 'datadog prometheus',
  'spire-server.service': 'annotations externalTrafficPolicy loadBalancerIP port type',
  'spire-server.podDisruptionBudget': 'enabled maxUnavailable minAvailable',
  'spire-server.caSubject': 'commonName country organization',
  'spire-agent': 'affinity agents authorizedDelegates availabilityTarget brokerAPI bundleConfigMap clusterName configMap customPlugins '
    + 'dnsPolicy dynamicRegistration enabled experimental extraContainers extraEnvVars extraVolumeMounts extraVolumes fsGroupFix '
    + 'fullnameOverride global healthChecks hostAliases hostCert hostNetwork image imagePullSecrets initContainers keyManager '
    + 'kubeletAddress kubeletConnectByHostname livenessProbe logFormat logLevel nameOverride namespaceOverride nodeAttestor '
    + 'nodeSelector persistence podAnnotations podLabels podSecurityContext priorityClassName readinessProbe rebootstrapDelay '
    + 'rebootstrapMode resources sds securityContext server serviceAccount socketAlternate socketPath sockets telemetry tolerations '
    + 'tools trustBundleFormat trustBundleHostPath trustBundleURL trustDomain unsupportedBuiltInPlugins updateStrategy upstream '
    + 'workloadAttestors',
  'spire-agent.nodeAttestor': 'awsIID gcpIIT httpChallenge k8sPSAT tpmDirect x509POP',
  'spire-agent.keyManager': 'disk memory',
  'spire-agent.workloadAttestors': 'k8s unix',
  'spire-agent.workloadAttestors.k8s': 'brokerAPI disableContainerSelectors enabled useNewContainerLocator verboseContainerLocatorLogs verification',
  'spire-agent.sockets': 'admin broker hostBasePath',
  'spire-agent.telemetry': 'datadog prometheus',
  'spire-agent.server': 'address nameOverride namespaceOverride port',
  'spire-agent.sds': 'defaultAllBundlesName defaultBundleName defaultSVIDName disableSPIFFECertValidation enabled',
  'spire-agent.kubeletAddress': 'mode',
  'spire-agent.persistence': 'hostPath type',
  'spiffe-csi-driver': 'affinity agentSocketPath csiDriverAnnotations csiDriverLabels enabled extraEnvVars fullnameOverride global healthChecks '
    + 'hostNetwork image imagePullSecrets initContainers kubeletPath livenessProbe nameOverride namespaceOverride '
    + 'nodeDriverRegistrar nodeSelector pluginName podAnnotations podLabels podSecurityContext priorityClassName resources '
    + 'restrictedScc securityContext selinux serverNamespaceOverride serviceAccount syncWave tolerations updateStrategy '
    + 'validatingAdmissionPolicy',
  'spiffe-oidc-discovery-provider': 'affinity agentSocketName annotations autoscaling bundleConfigMap bundleSource clusterDomain config configMap csiDriverName '
    + 'deleteHook enabled expandEnv extraEnv fullnameOverride gatewayAPI global image imagePullSecrets ingress insecureScheme '
    + 'jwtIssuer labels livenessProbe nameOverride namespaceOverride nodeSelector podAnnotations podLabels podSecurityContext '
    + 'readinessProbe replicaCount resources securityContext service serviceAccount spiffeHelper telemetry tests tls tolerations '
    + 'tools topologySpreadConstraints trustDomain',
  'spiffe-oidc-discovery-provider.config': 'additionalDomains jwksUri jwtDomain logFormat logLevel serverPathPrefix setKeyUse',
  'spiffe-oidc-discovery-provider.tls': 'certManager externalSecret spire',
};
