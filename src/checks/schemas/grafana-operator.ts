// written by scripts/crd-fields.ts out of the CustomResourceDefinitions
import { Schemas } from './notation';

export const GRAFANA_OPERATOR: Schemas = {
  version: 'Grafana operator of August 2026',
  parts: [
    '{configMapKeyRef:{key!:s,name:s,optional:b},secretKeyRef:{key!:s,name:s,optional:b}}',
  ],
  kinds: {
    'grafana.integreatly.org/v1beta1/GrafanaDashboard':
    '{allowCrossNamespaceImport:b,configMapRef:{key!:s,name:s,optional:b},contentCacheDuration:s,datasources:[{datasourceName!:s,inputName!:s' +
    '}],envFrom:[@0;],envs:[{name!:s,value:s,valueFrom:@0;}],folder:s,folderRef:s,folderUID:s,grafanaCom:{id!:i,revision:i},gzipJson:s,instan' +
    'ceSelector!:{matchExpressions:[{key!:s,operator!:s,values:[s]}],matchLabels:<s>},json:s,jsonnet:s,jsonnetLib:{fileName!:s,gzipJsonnetPro' +
    'ject!:s,jPath:[s]},oci:{insecurePlainHTTP:b,path!:s,pullSecretRef:{name:s},reference!:s},plugins:[{name!:s,version!:s}],publicSharing:{a' +
    'ccessToken:s,annotationsEnabled:b,enabled:b,timeSelectionEnabled:b},resyncPeriod:s,suspend:b,uid:s,url:s,urlAuthorization:{basicAuth:{pa' +
    'ssword:{key!:s,name:s,optional:b},username:{key!:s,name:s,optional:b}}},variables:[{name!:s,value!:s}]}',
  },
};
