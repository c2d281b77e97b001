// written by scripts/crd-fields.ts out of the CustomResourceDefinitions
import { Schemas } from './notation';

export const CERT_MANAGER: Schemas = {
  version: 'cert-manager of August 2026',
  parts: [
    '{dnsDomains:[s],emailAddresses:[s],ipRanges:[s],uriDomains:[s]}',
  ],
  kinds: {
    'cert-manager.io/v1/Certificate':
    '{additionalOutputFormats:[{type!:(DER|CombinedPEM)}],commonName:s,dnsNames:[s],duration:s,emailAddresses:[s],encodeUsagesInRequest:b,ipA' +
    'ddresses:[s],isCA:b,issuerRef!:{group:s,kind:s,name!:s},keystores:{jks:{alias:s,create!:b,password:s,passwordSecretRef:{key:s,name!:s}},' +
    'pkcs12:{create!:b,password:s,passwordSecretRef:{key:s,name!:s},profile:(LegacyRC2|LegacyDES|Modern2023|Modern2026)}},literalSubject:s,na' +
    'meConstraints:{critical:b,excluded:@0;,permitted:@0;},otherNames:[{oid:s,utf8Value:s}],privateKey:{algorithm:(RSA|ECDSA|Ed25519),encodin' +
    'g:(PKCS1|PKCS8),rotationPolicy:(Never|Always),size:i},renewBefore:s,renewBeforePercentage:i,renewal:{policy:(RenewBefore|Disabled),windo' +
    'ws:[{cron!:s,timezone:s,windowDuration!:s}]},revisionHistoryLimit:i,secretName!:s,secretTemplate:{annotations:<s>,labels:<s>},signatureA' +
    'lgorithm:(SHA256WithRSA|SHA384WithRSA|SHA512WithRSA|ECDSAWithSHA256|ECDSAWithSHA384|ECDSAWithSHA512|PureEd25519),subject:{countries:[s],' +
    'localities:[s],organizationalUnits:[s],organizations:[s],postalCodes:[s],provinces:[s],serialNumber:s,streetAddresses:[s]},uris:[s],usag' +
    'es:[(signing|digital signature|content commitment|key encipherment|key agreement|data encipherment|cert sign|crl sign|encipher only|deci' +
    'pher only|any|server auth|client auth|code signing|email protection|s/mime|ipsec end system|ipsec tunnel|ipsec user|timestamping|ocsp si' +
    'gning|microsoft sgc|netscape sgc)]}',
  },
};
