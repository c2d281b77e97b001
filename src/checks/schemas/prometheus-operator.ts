// written by scripts/crd-fields.ts out of the CustomResourceDefinitions
import { Schemas } from './notation';

export const PROMETHEUS_OPERATOR: Schemas = {
  version: 'Prometheus operator of August 2026',
  parts: [
    '{action:(replace|Replace|keep|Keep|drop|Drop|hashmod|HashMod|labelmap|LabelMap|labeldrop|LabelDrop|labelkeep|LabelKeep|lowercase|Lowerca' +
    'se|uppercase|Uppercase|keepequal|KeepEqual|dropequal|DropEqual),modulus:#0~;,regex:s,replacement:s,separator:s,sourceLabels:[s],targetLa' +
    'bel:s}',
    '{configMap:{key!:s,name:s,optional:b},secret:{key!:s,name:s,optional:b}}',
    '{clientId!:@1;,clientSecret!:{key!:s,name:s,optional:b},endpointParams:<s>,noProxy:s,proxyConnectHeader:<[{key!:s,name:s,optional:b}]>,p' +
    'roxyFromEnvironment:b,proxyUrl:s,scopes:[s],tlsConfig:@3;,tokenUrl!:s}',
    '{ca:@1;,cert:@1;,insecureSkipVerify:b,keySecret:{key!:s,name:s,optional:b},maxVersion:(TLS10|TLS11|TLS12|TLS13),minVersion:(TLS10|TLS11|' +
    'TLS12|TLS13),serverName:s}',
    '{password:{key!:s,name:s,optional:b},username:{key!:s,name:s,optional:b}}',
    '{matchExpressions:[{key!:s,operator!:s,values:[s]}],matchLabels:<s>}',
    '{credentials:{key!:s,name:s,optional:b},type:s}',
  ],
  kinds: {
    'monitoring.coreos.com/v1/PodMonitor':
    '{attachMetadata:{node:b},bodySizeLimit:s,convertClassicHistogramsToNHCB:b,fallbackScrapeProtocol:(PrometheusProto|OpenMetricsText0.0.1|O' +
    'penMetricsText1.0.0|PrometheusText0.0.4|PrometheusText1.0.0),jobLabel:s,keepDroppedTargets:#0~;,labelLimit:#0~;,labelNameLengthLimit:#0~' +
    ';,labelValueLengthLimit:#0~;,namespaceSelector:{any:b,matchNames:[s]},nativeHistogramBucketLimit:#0~;,nativeHistogramMinBucketFactor:*,p' +
    'odMetricsEndpoints:[{authorization:@6;,basicAuth:@4;,bearerTokenSecret:{key!:s,name:s,optional:b},enableHttp2:b,filterRunning:b,followRe' +
    'directs:b,honorLabels:b,honorTimestamps:b,interval:s,metricRelabelings:[@0;],noProxy:s,oauth2:@2;,params:<[s]>,path:s,port:s,portNumber:' +
    '#1~65535;,proxyConnectHeader:<[{key!:s,name:s,optional:b}]>,proxyFromEnvironment:b,proxyUrl:s,relabelings:[@0;],scheme:(http|https|HTTP|' +
    'HTTPS),scrapeTimeout:s,targetPort:*,tlsConfig:@3;,trackTimestampsStaleness:b}],podTargetLabels:[s],sampleLimit:#0~;,scrapeClass:s,scrape' +
    'ClassicHistograms:b,scrapeNativeHistograms:b,scrapeProtocols:[(PrometheusProto|OpenMetricsText0.0.1|OpenMetricsText1.0.0|PrometheusText0' +
    '.0.4|PrometheusText1.0.0)],selector!:@5;,selectorMechanism:(RelabelConfig|RoleSelector),targetLimit:#0~;}',
    'monitoring.coreos.com/v1/ServiceMonitor':
    '{attachMetadata:{node:b},bodySizeLimit:s,convertClassicHistogramsToNHCB:b,endpoints!:[{authorization:@6;,basicAuth:@4;,bearerTokenFile:s' +
    ',bearerTokenSecret:{key!:s,name:s,optional:b},enableHttp2:b,filterRunning:b,followRedirects:b,honorLabels:b,honorTimestamps:b,interval:s' +
    ',metricRelabelings:[@0;],noProxy:s,oauth2:@2;,params:<[s]>,path:s,port:s,proxyConnectHeader:<[{key!:s,name:s,optional:b}]>,proxyFromEnvi' +
    'ronment:b,proxyUrl:s,relabelings:[@0;],scheme:(http|https|HTTP|HTTPS),scrapeTimeout:s,targetPort:*,tlsConfig:{ca:@1;,caFile:s,cert:@1;,c' +
    'ertFile:s,insecureSkipVerify:b,keyFile:s,keySecret:{key!:s,name:s,optional:b},maxVersion:(TLS10|TLS11|TLS12|TLS13),minVersion:(TLS10|TLS' +
    '11|TLS12|TLS13),serverName:s},trackTimestampsStaleness:b}],fallbackScrapeProtocol:(PrometheusProto|OpenMetricsText0.0.1|OpenMetricsText1' +
    '.0.0|PrometheusText0.0.4|PrometheusText1.0.0),jobLabel:s,keepDroppedTargets:#0~;,labelLimit:#0~;,labelNameLengthLimit:#0~;,labelValueLen' +
    'gthLimit:#0~;,namespaceSelector:{any:b,matchNames:[s]},nativeHistogramBucketLimit:#0~;,nativeHistogramMinBucketFactor:*,podTargetLabels:' +
    '[s],sampleLimit:#0~;,scrapeClass:s,scrapeClassicHistograms:b,scrapeNativeHistograms:b,scrapeProtocols:[(PrometheusProto|OpenMetricsText0' +
    '.0.1|OpenMetricsText1.0.0|PrometheusText0.0.4|PrometheusText1.0.0)],selector!:@5;,selectorMechanism:(RelabelConfig|RoleSelector),service' +
    'DiscoveryRole:(Endpoints|EndpointSlice),targetLabels:[s],targetLimit:#0~;}',
    'monitoring.coreos.com/v1/PrometheusRule':
    '{groups:[{interval:s,labels:<s>,limit:i,name!:s,partial_response_strategy:s,query_offset:s,rules:[{alert:s,annotations:<s>,expr!:*,for:s' +
    ',keep_firing_for:s,labels:<s>,record:s}]}]}',
  },
};
