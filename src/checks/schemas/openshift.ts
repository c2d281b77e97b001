// written by scripts/crd-fields.ts out of the CustomResourceDefinitions
import { Schemas } from './notation';

export const OPENSHIFT: Schemas = {
  version: 'OpenShift\'s Zero Trust Workload Identity Manager of April 2026',
  parts: [
    '{nodeAffinity:{preferredDuringSchedulingIgnoredDuringExecution:[{preference!:@5;,weight!:i}],requiredDuringSchedulingIgnoredDuringExecut' +
    'ion:{nodeSelectorTerms!:[@5;]}},podAffinity:@4;,podAntiAffinity:@4;}',
    '{labelSelector:@6;,matchLabelKeys:[s],mismatchLabelKeys:[s],namespaceSelector:@6;,namespaces:[s],topologyKey!:s}',
    '{effect:s,key:s,operator:s,tolerationSeconds:i,value:s}',
    '{claims:[{name!:s,request:s}],limits:<*>,requests:<*>}',
    '{preferredDuringSchedulingIgnoredDuringExecution:[{podAffinityTerm!:@1;,weight!:i}],requiredDuringSchedulingIgnoredDuringExecution:[@1;]' +
    '}',
    '{matchExpressions:[{key!:s,operator!:s,values:[s]}],matchFields:[{key!:s,operator!:s,values:[s]}]}',
    '{matchExpressions:[{key!:s,operator!:s,values:[s]}],matchLabels:<s>}',
  ],
  kinds: {
    'operator.openshift.io/v1alpha1/SpiffeCSIDriver':
    '{affinity:@0;,agentSocketPath:s,labels:<s>,nodeSelector:<s>,pluginName:s,resources:@3;,tolerations:[@2;]}',
    'operator.openshift.io/v1alpha1/SpireAgent':
    '{affinity:@0;,labels:<s>,logFormat:(text|json),logLevel:(debug|info|warn|error),nodeAttestor:{k8sPSATEnabled:(true|false)},nodeSelector:' +
    '<s>,resources:@3;,socketPath:s,tolerations:[@2;],workloadAttestors:{disableContainerSelectors:(true|false),k8sEnabled:(true|false),useNe' +
    'wContainerLocator:(true|false),workloadAttestorsVerification:{hostCertBasePath:s,hostCertFileName:s,type:(auto|hostCert|skip)}}}',
    'operator.openshift.io/v1alpha1/SpireOIDCDiscoveryProvider':
    '{affinity:@0;,csiDriverName:s,externalSecretRef:s,jwtIssuer!:s,labels:<s>,logFormat:(text|json),logLevel:(debug|info|warn|error),managed' +
    'Route:(true|false),nodeSelector:<s>,replicaCount:#1~5;,resources:@3;,tolerations:[@2;]}',
    'operator.openshift.io/v1alpha1/SpireServer':
    '{affinity:@0;,caKeyType:(rsa-2048|rsa-4096|ec-p256|ec-p384),caSubject!:{commonName:s,country:s,organization:s},caValidity:s,datastore!:{' +
    'connMaxLifetime:#0~;,connectionString:s,databaseType:(sql|sqlite3|postgres|mysql|aws_postgresql|aws_mysql),disableMigration:(true|false)' +
    ',maxIdleConns:#0~10000;,maxOpenConns:#1~10000;,tlsSecretName:s},defaultJWTValidity:s,defaultX509Validity:s,federation:{bundleEndpoint!:{' +
    'httpsWeb:{acme:{directoryUrl!:s,domainName!:s,email!:s,tosAccepted:(true|false)},servingCert:{externalSecretRef:s,fileSyncInterval:#3600' +
    '~7776000;}},profile:s,refreshHint:#60~3600;},federatesWith:[{bundleEndpointProfile!:s,bundleEndpointUrl!:s,endpointSpiffeId:s,trustDomai' +
    'n!:s}],managedRoute:(true|false)},jwtIssuer!:s,jwtKeyType:(rsa-2048|rsa-4096|ec-p256|ec-p384),keyManager:{diskEnabled:(true|false),memor' +
    'yEnabled:(true|false)},labels:<s>,logFormat:(text|json),logLevel:(debug|info|warn|error),nodeSelector:<s>,persistence!:{accessMode:(Read' +
    'WriteOnce|ReadWriteOncePod|ReadWriteMany),size:s,storageClass:s},resources:@3;,tolerations:[@2;]}',
    'operator.openshift.io/v1alpha1/ZeroTrustWorkloadIdentityManager':
    '{bundleConfigMap:s,clusterName!:s,trustDomain!:s}',
  },
};
