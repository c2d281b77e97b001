// written by scripts/crd-fields.ts out of the CustomResourceDefinitions
import { Schemas } from './notation';

export const VAULT_CONFIG_OPERATOR: Schemas = {
  version: 'vault-config-operator of August 2026',
  parts: [
    '{address!:s,maxRetries:i,tLSConfig:{cacert:s,skipVerify:b,tlsSecret:{name:s},tlsServerName:s},timeOut:s}',
    '{namespace:s,path:s,role!:s,serviceAccount:{name:s}}',
  ],
  kinds: {
    'redhatcop.redhat.io/v1alpha1/AuthEngineMount':
    '{authentication!:@1;,config:{allowedResponseHeaders:[s],auditNonHMACRequestKeys:[s],auditNonHMACResponseKeys:[s],defaultLeaseTTL:s,descr' +
    'iption:s,listingVisibility:(unauth|hidden),maxLeaseTTL:s,options:<s>,passthroughRequestHeaders:[s],tokenType:(service|batch|default|defa' +
    'ult-service|default-batch)},connection:@0;,description:s,local:b,name:s,path!:s,sealwrap:b,type!:s}',
    'redhatcop.redhat.io/v1alpha1/JWTOIDCAuthEngineConfig':
    '{JWKSCAPEM:s,JWKSURL:s,JWTSupportedAlgs:[s],JWTValidationPubKeys:[s],OIDCClientID:s,OIDCCredentials:{passwordKey:s,randomSecret:{name:s}' +
    ',secret:{name:s},usernameKey:s,vaultSecret:{path!:s}},OIDCDiscoveryCAPEM:s,OIDCDiscoveryURL:s,OIDCResponseMode:(query|form_post),OIDCRes' +
    'ponseTypes:[s],authentication:@1;,boundIssuer:s,connection:@0;,defaultRole:s,namespaceInState:b,path!:s,providerConfig:*}',
    'redhatcop.redhat.io/v1alpha1/JWTOIDCAuthEngineRole':
    '{OIDCScopes:[s],allowedRedirectURIs!:[s],authentication!:@1;,boundAudiences:[s],boundClaims:*,boundClaimsType:(string|glob),boundSubject' +
    ':s,claimMappings:<s>,clockSkewLeeway:i,connection:@0;,expirationLeeway:i,groupsClaim:s,maxage:#0~;,name!:s,notBeforeLeeway:i,path!:s,rol' +
    'eType:(oidc|jwt),tokenBoundCIDRs:[s],tokenExplicitMaxTTL:s,tokenMaxTTL:s,tokenNoDefaultPolicy:b,tokenNumUses:#0~;,tokenPeriod:#0~;,token' +
    'Policies:[s],tokenTTL:s,tokenType:(service|batch|default|default-service|default-batch),userClaim!:s,userClaimJSONPointer:b,verboseOIDCL' +
    'ogging:b}',
    'redhatcop.redhat.io/v1alpha1/KubernetesAuthEngineConfig':
    '{PEMKeys:[s],authentication!:@1;,connection:@0;,disableISSValidation:b,disableLocalCAJWT:b,issuer:s,kubernetesCACert:s,kubernetesHost:s,' +
    'name:s,path!:s,tokenReviewerServiceAccount:{name:s},useAnnotationsAsAliasMetadata:b,useOperatorPodCA:b}',
    'redhatcop.redhat.io/v1alpha1/KubernetesAuthEngineRole':
    '{aliasNameSource:(serviceaccount_uid|serviceaccount_name),audience:s,authentication!:@1;,connection:@0;,name:s,path!:s,policies!:[s],tar' +
    'getNamespaces!:{targetNamespaceSelector:{matchExpressions:[{key!:s,operator!:s,values:[s]}],matchLabels:<s>},targetNamespaces:[s]},targe' +
    'tServiceAccounts:[s],tokenBoundCIDRs:[s],tokenExplicitMaxTTL:#0~;,tokenMaxTTL:#0~;,tokenNoDefaultPolicy:b,tokenNumUses:#0~;,tokenPeriod:' +
    '#0~;,tokenTTL:#0~;,tokenType:(service|batch|default|default-service|default-batch)}',
    'redhatcop.redhat.io/v1alpha1/Policy':
    '{authentication!:@1;,connection:@0;,name:s,policy!:s,type:(acl)}',
    'redhatcop.redhat.io/v1alpha1/PKISecretEngineConfig':
    '{CRLDisable:b,CRLDistributionPoints:[s],CRLExpiry:s,IPSans:s,TTL:s,URISans:s,altNames:s,authentication!:@1;,certificateKey:s,commonName!' +
    ':s,connection:@0;,country:s,excludeCnFromSans:b,externalSignSecret:{name:s},format:(pem|pem_bundle|der),internalSign:{name:s},issuingCer' +
    'tificates:[s],keyBits:i,keyType:(rsa|ec),locality:s,maxPathLength:#-1~;,ocspServers:[s],organization:s,otherSans:s,ou:s,path!:s,permitte' +
    'dDnsDomains:[s],postalCode:s,privateKeyFormat:(der|pkcs8),privateKeyType:(internal|exported),province:s,serialNumber:s,streetAddress:s,t' +
    'ype:(root|intermediate)}',
    'redhatcop.redhat.io/v1alpha1/PKISecretEngineRole':
    '{TTL:s,allowAnyName:b,allowBareDomains:b,allowGlobDomains:b,allowIPSans:b,allowLocalhost:b,allowSubdomains:b,allowedDomains:[s],allowedD' +
    'omainsTemplate:b,allowedOtherSans:s,allowedURISans:[s],authentication!:@1;,basicConstraintsValidForNonCa:b,clientFlag:b,codeSigningFlag:' +
    'b,connection:@0;,country:s,emailProtectionFlag:b,enforceHostnames:b,extKeyUsage:[(ServerAuth|ClientAuth|CodeSigning|EmailProtection|IPSE' +
    'CEndSystem|IPSECTunnel|IPSECUser|TimeStamping|OCSPSigning|MicrosoftServerGatedCrypto|NetscapeServerGatedCrypto|MicrosoftCommercialCodeSi' +
    'gning|MicrosoftKernelCodeSigning)],extKeyUsageOids:[s],generateLease:b,keyBits:i,keyType:(rsa|ec|any),keyUsage:[(DigitalSignature|KeyAgr' +
    'eement|KeyEncipherment|ContentCommitment|DataEncipherment|CertSign|CRLSign|EncipherOnly|DecipherOnly)],locality:s,maxTTL:s,name:s,noStor' +
    'e:b,notBeforeDuration:s,organization:s,ou:s,path!:s,policyIdentifiers:[s],postalCode:s,province:s,requireCn:b,serialNumber:s,serverFlag:' +
    'b,streetAddress:s,useCSRCommonName:b,useCSRSans:b}',
    'redhatcop.redhat.io/v1alpha1/SecretEngineMount':
    '{authentication!:@1;,config:{allowedResponseHeaders:[s],auditNonHMACRequestKeys:[s],auditNonHMACResponseKeys:[s],defaultLeaseTTL:s,force' +
    'NoCache:b,listingVisibility:(unauth|hidden),maxLeaseTTL:s,passthroughRequestHeaders:[s]},connection:@0;,description:s,externalEntropyAcc' +
    'ess:b,local:b,name:s,options:<s>,path:s,sealWrap:b,type!:s}',
  },
};
