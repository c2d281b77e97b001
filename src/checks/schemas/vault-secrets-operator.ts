// written by scripts/crd-fields.ts out of the CustomResourceDefinitions
import { Schemas } from './notation';

export const VAULT_SECRETS_OPERATOR: Schemas = {
  version: 'Vault Secrets Operator of June 2026',
  parts: [
    '{excludeRaw:b,excludes:[s],includes:[s],templates:<{name:s,text!:s}>,transformationRefs:[{ignoreExcludes:b,ignoreIncludes:b,name!:s,name' +
    'space:s,templateRefs:[{keyOverride:s,name!:s}]}]}',
    '{annotations:<s>,create:b,labels:<s>,name!:s,overwrite:b,transformation:@0;,type:s}',
    '{kind!:(Deployment|DaemonSet|StatefulSet|argo.Rollout),name!:s}',
  ],
  kinds: {
    'secrets.hashicorp.com/v1beta1/VaultAuth':
    '{allowedNamespaces:[s],appRole:{roleId:s,secretIDPath:s,secretRef:s},aws:{headerValue:s,iamEndpoint:s,irsaServiceAccount:s,region:s,role' +
    ':s,secretRef:s,sessionName:s,stsEndpoint:s},gcp:{clusterName:s,projectID:s,region:s,role:s,workloadIdentityServiceAccount:s},headers:<s>' +
    ',jwt:{audiences:[s],role:s,secretRef:s,serviceAccount:s,tokenExpirationSeconds:i},kubernetes:{audiences:[s],role:s,serviceAccount:s,toke' +
    'nExpirationSeconds:i},method:(kubernetes|jwt|appRole|aws|gcp),mount:s,namespace:s,params:<s>,storageEncryption:{keyName!:s,mount!:s},vau' +
    'ltAuthGlobalRef:{allowDefault:b,mergeStrategy:{headers:(union|replace|none),params:(union|replace|none)},name:s,namespace:s},vaultConnec' +
    'tionRef:s}',
    'secrets.hashicorp.com/v1beta1/VaultAuthGlobal':
    '{allowedNamespaces:[s],appRole:{headers:<s>,mount:s,namespace:s,params:<s>,roleId:s,secretIDPath:s,secretRef:s},aws:{headerValue:s,heade' +
    'rs:<s>,iamEndpoint:s,irsaServiceAccount:s,mount:s,namespace:s,params:<s>,region:s,role:s,secretRef:s,sessionName:s,stsEndpoint:s},defaul' +
    'tAuthMethod:(kubernetes|jwt|appRole|aws|gcp),defaultMount:s,defaultVaultNamespace:s,gcp:{clusterName:s,headers:<s>,mount:s,namespace:s,p' +
    'arams:<s>,projectID:s,region:s,role:s,workloadIdentityServiceAccount:s},headers:<s>,jwt:{audiences:[s],headers:<s>,mount:s,namespace:s,p' +
    'arams:<s>,role:s,secretRef:s,serviceAccount:s,tokenExpirationSeconds:i},kubernetes:{audiences:[s],headers:<s>,mount:s,namespace:s,params' +
    ':<s>,role:s,serviceAccount:s,tokenExpirationSeconds:i},params:<s>,vaultConnectionRef:s}',
    'secrets.hashicorp.com/v1beta1/VaultConnection':
    '{address!:s,caCertPath:s,caCertSecretRef:s,headers:<s>,skipTLSVerify:b,timeout:s,tlsServerName:s}',
    'secrets.hashicorp.com/v1beta1/VaultStaticSecret':
    '{destination!:@1;,hmacSecretData:b,mount!:s,namespace:s,path!:s,refreshAfter:s,rolloutRestartTargets:[@2;],syncConfig:{instantUpdates:b}' +
    ',type!:(kv-v1|kv-v2),vaultAuthRef:s,version:i}',
    'secrets.hashicorp.com/v1beta1/VaultDynamicSecret':
    '{allowStaticCreds:b,destination!:@1;,mount!:s,namespace:s,params:<s>,path!:s,refreshAfter:s,renewalPercent:i,requestHTTPMethod:(GET|POST' +
    '|PUT),revoke:b,rolloutRestartTargets:[@2;],vaultAuthRef:s}',
    'secrets.hashicorp.com/v1beta1/VaultPKISecret':
    '{altNames:[s],clear:b,commonName:s,destination!:@1;,excludeCNFromSans:b,expiryOffset:s,format:s,ipSans:[s],issuerRef:s,mount!:s,namespac' +
    'e:s,notAfter:s,otherSans:[s],privateKeyFormat:s,revoke:b,role!:s,rolloutRestartTargets:[@2;],ttl:s,uriSans:[s],userIDs:[s],vaultAuthRef:' +
    's}',
    'secrets.hashicorp.com/v1beta1/SecretTransformation':
    '{excludes:[s],includes:[s],sourceTemplates:[{name:s,text!:s}],templates:<{name:s,text!:s}>}',
    'secrets.hashicorp.com/v1beta1/CSISecrets':
    '{accessControl!:{matchPolicy:(any|all),namespacePatterns:[s],podLabels:<s>,podNamePatterns:[s],serviceAccountPattern!:s},namespace:s,sec' +
    'rets!:{transformation:@0;,vaultAppRoleSecretIDs:[{cidrList:[s],metadata:<s>,mount!:s,numUses:i,role!:s,syncRoleID:b,tokenBoundCIDRs:[s],' +
    'transformation:@0;,ttl:s,wrapTTL:s}],vaultStaticSecrets:[{mount!:s,path!:s,transformation:@0;,type!:(kv-v1|kv-v2),version:i}]},syncConfi' +
    'g:{containerState!:{imagePattern:s,namePattern:s}},vaultAuthRef:{name!:s,namespace:s,trustNamespace:b}}',
  },
};
