// written by scripts/crd-fields.ts out of the CustomResourceDefinitions
import { Schemas } from './notation';

export const MESH_CONFIG: Schemas = {
  version: 'Istio of August 2026',
  parts: [
    '{caCertificates:s,caCrl:s,clientCertificate:s,credentialName:s,insecureSkipVerify:b,mode:(DISABLE|SIMPLE|MUTUAL|ISTIO_MUTUAL),privateKey' +
    ':s,sni:s,subjectAltNames:[s]}',
    '{matchExpressions:[{key!:s,operator!:s,values:[s]}],matchLabels:<s>}',
    '{attempts:i,backoff:s,perTryTimeout:s,retryIgnorePreviousHosts:b,retryOn:s,retryRemoteLocalities:b}',
    '{cipherSuites:[s],ecdhCurves:[s],minProtocolVersion:(TLS_AUTO|TLSV1_2|TLSV1_3)}',
    '{address:s,tcpKeepalive:{interval:s,probes:i,time:s},tlsSettings:@0;}',
    '{headers:[{envName:s,name!:s,value:s}],path!:s,timeout:s}',
    '{allowPartialMessage:b,maxRequestBytes:i,packAsBytes:b}',
  ],
  kinds: {
    meshConfig:
    '{accessLogEncoding:(TEXT|JSON),accessLogFile:s,accessLogFormat:s,ca:{address!:s,istiodSide:b,requestTimeout:s,tlsSettings:@0;},caCertifi' +
    'cates:[{certSigners:[s],pem:s,spiffeBundleUrl:s,trustDomains:[s]}],certificates:[{dnsNames:[s],secretName:s}],configSources:[{address:s,' +
    'subscribedResources:[(SERVICE_REGISTRY)],tlsSettings:@0;}],connectTimeout:s,defaultConfig:{availabilityZone:s,binaryPath:s,caCertificate' +
    'sPem:[s],concurrency:i,configPath:s,connectionSettings:{clusterPerConnectionBufferLimitBytes:i,globalDownstreamConnectionLimit:i,http2In' +
    'itialConnectionWindowSize:i,http2InitialStreamWindowSize:i,httpDrainTimeout:s,httpHeadersWithUnderscoresAction:(HEADERS_WITH_UNDERSCORES' +
    '_UNSPECIFIED|HEADERS_WITH_UNDERSCORES_ALLOW|HEADERS_WITH_UNDERSCORES_REJECT_REQUEST|HEADERS_WITH_UNDERSCORES_DROP_HEADER),httpIdleTimeou' +
    't:s,httpMaxConcurrentStreams:i,httpMaxConnectionDuration:s,httpMaxStreamDuration:s,httpMergeSlashes:b,httpPathWithEscapedSlashesAction:(' +
    'PATH_WITH_ESCAPED_SLASHES_UNSPECIFIED|KEEP_UNCHANGED|REJECT_REQUEST|UNESCAPE_AND_REDIRECT|UNESCAPE_AND_FORWARD),httpRequestHeadersTimeou' +
    't:s,httpRequestTimeout:s,httpStreamIdleTimeout:s,listenerConnectionLimit:i,listenerPerConnectionBufferLimitBytes:i,profile:(SIDECAR|EDGE' +
    ')},controlPlaneAuthPolicy:(NONE|MUTUAL_TLS|INHERIT),customConfigFile:s,discoveryAddress:s,discoveryRefreshDelay:s,drainDuration:s,envoyA' +
    'ccessLogService:@4;,envoyMetricsService:@4;,envoyMetricsServiceAddress:s,extraStatTags:[s],fileFlushInterval:s,fileFlushMinSizeKb:i,gate' +
    'wayTopology:{forwardClientCertDetails:(UNDEFINED|SANITIZE|FORWARD_ONLY|APPEND_FORWARD|SANITIZE_SET|ALWAYS_FORWARD_ONLY),numTrustedProxie' +
    's:i,proxyProtocol:*},holdApplicationUntilProxyStarts:b,image:{imageType:s},interceptionMode:(REDIRECT|TPROXY|NONE),meshId:s,privateKeyPr' +
    'ovider:{cryptomb:{fallback:b,pollDelay:s},qat:{fallback:b,pollDelay:s}},proxyAdminPort:i,proxyBootstrapTemplatePath:s,proxyHeaders:{atte' +
    'mptCount:{disabled:b},envoyDebugHeaders:{disabled:b},forwardedClientCert:(UNDEFINED|SANITIZE|FORWARD_ONLY|APPEND_FORWARD|SANITIZE_SET|AL' +
    'WAYS_FORWARD_ONLY),metadataExchangeHeaders:{mode:(UNDEFINED|IN_MESH)},preserveHttp1HeaderCase:b,requestId:{disabled:b},server:{disabled:' +
    'b,value:s},setCurrentClientCertDetails:{cert:b,chain:b,dns:b,subject:b,uri:b},xForwardedHost:{enabled:b},xForwardedPort:{enabled:b}},pro' +
    'xyMetadata:<s>,proxyStatsMatcher:{inclusionPrefixes:[s],inclusionRegexps:[s],inclusionSuffixes:[s]},readinessProbe:{exec:{command:[s]},f' +
    'ailureThreshold:i,grpc:{port!:i,service:s},httpGet:{host:s,httpHeaders:[{name!:s,value!:s}],path:s,port!:*,scheme:s},initialDelaySeconds' +
    ':i,periodSeconds:i,successThreshold:i,tcpSocket:{host:s,port!:*},terminationGracePeriodSeconds:i,timeoutSeconds:i},runtimeValues:<s>,sds' +
    ':{enabled:b,k8sSaJwtPath:s},serviceCluster:s,statNameLength:i,statsCompression:b,statsdUdpAddress:s,statusPort:i,terminationDrainDuratio' +
    'n:s,tracing:{customTags:<{environment:{defaultValue:s,name:s},header:{defaultValue:s,name:s},literal:{value:s}}>,datadog:{address:s},ena' +
    'bleIstioTags:b,lightstep:{accessToken:s,address:s},maxPathTagLength:i,openCensusAgent:{address:s,context:[(UNSPECIFIED|W3C_TRACE_CONTEXT' +
    '|GRPC_BIN|CLOUD_TRACE_CONTEXT|B3)]},sampling:n,stackdriver:{debug:b,maxNumberOfAnnotations:i,maxNumberOfAttributes:i,maxNumberOfMessageE' +
    'vents:i},tlsSettings:@0;,zipkin:{address:s}},tracingServiceName:(APP_LABEL_AND_NAMESPACE|CANONICAL_NAME_ONLY|CANONICAL_NAME_AND_NAMESPAC' +
    'E),zipkinAddress:s},defaultDestinationRuleExportTo:[s],defaultHttpRetryPolicy:@2;,defaultInboundHttpRetryPolicy:@2;,defaultProviders:{ac' +
    'cessLogging:[s],metrics:[s],tracing:[s]},defaultServiceExportTo:[s],defaultTrafficPolicy:{connectionPool:{http:{h2UpgradePolicy:(DEFAULT' +
    '|DO_NOT_UPGRADE|UPGRADE),http1MaxPendingRequests:i,http2KeepAlive:{interval:s,timeout:s},http2MaxRequests:i,idleTimeout:s,maxConcurrentS' +
    'treams:i,maxRequestsPerConnection:i,maxRetries:i,useClientProtocol:b},tcp:{connectTimeout:s,idleTimeout:s,maxConnectionDuration:s,maxCon' +
    'nections:i,tcpKeepalive:{interval:s,probes:i,time:s}}},outlierDetection:{baseEjectionTime:s,consecutive5xxErrors:i,consecutiveErrors:i,c' +
    'onsecutiveGatewayErrors:i,consecutiveLocalOriginFailures:i,interval:s,maxEjectionPercent:i,minHealthPercent:i,outlierDetectionHttpErrorC' +
    'odes:[i],splitExternalLocalOriginErrors:b}},defaultVirtualServiceExportTo:[s],disableEnvoyListenerLog:b,discoverySelectors:[@1;],dnsRefr' +
    'eshRate:s,enableAutoMtls:b,enableEnvoyAccessLogService:b,enablePrometheusMerge:b,enableTracing:b,extensionProviders:[{datadog:{maxTagLen' +
    'gth:i,port!:i,service!:s},envoyExtAuthzGrpc:{clearRouteCache:b,failOpen:b,includeRequestBodyInCheck:@6;,port!:i,service!:s,statusOnError' +
    ':s,timeout:s},envoyExtAuthzHttp:{clearRouteCache:b,failOpen:b,headersToDownstreamOnAllow:[s],headersToDownstreamOnDeny:[s],headersToUpst' +
    'reamOnAllow:[s],includeAdditionalHeadersInCheck:<s>,includeHeadersInCheck:[s],includeRequestBodyInCheck:@6;,includeRequestHeadersInCheck' +
    ':[s],pathPrefix:s,port!:i,service!:s,statusOnError:s,timeout:s},envoyFileAccessLog:{logFormat:{labels:<s>,text:s},omitEmptyValues:b,path' +
    ':s},envoyHttpAls:{additionalRequestHeadersToLog:[s],additionalResponseHeadersToLog:[s],additionalResponseTrailersToLog:[s],filterStateOb' +
    'jectsToLog:[s],logName:s,port!:i,service!:s},envoyOtelAls:{logFormat:{labels:<s>,text:s},logName:s,port!:i,service!:s},envoyTcpAls:{filt' +
    'erStateObjectsToLog:[s],logName:s,port!:i,service!:s},lightstep:{accessToken:s,maxTagLength:i,port!:i,service!:s},name!:s,opencensus:{co' +
    'ntext:[(UNSPECIFIED|W3C_TRACE_CONTEXT|GRPC_BIN|CLOUD_TRACE_CONTEXT|B3)],maxTagLength:i,port!:i,service!:s},opentelemetry:{dynatraceSampl' +
    'er:{clusterId!:i,httpService:{http!:@5;,port!:i,service!:s},rootSpansPerMinute:i,tenant!:s},grpc:{initialMetadata:[{envName:s,name!:s,va' +
    'lue:s}],timeout:s},http:@5;,maxTagLength:i,port!:i,resourceDetectors:{dynatrace:*,environment:*},service!:s,serviceAttributeEnrichment:(' +
    'ISTIO_CANONICAL|OTEL_SEMANTIC_CONVENTIONS)},prometheus:*,sds:{name!:s,port!:i,service!:s},skywalking:{accessToken:s,port!:i,service!:s},' +
    'stackdriver:{debug:b,logging:{labels:<s>},maxNumberOfAnnotations:i,maxNumberOfAttributes:i,maxNumberOfMessageEvents:i,maxTagLength:i},zi' +
    'pkin:{enable64bitTraceId:b,headers:[{envName:s,name!:s,value:s}],maxTagLength:i,path:s,port!:i,service!:s,timeout:s,traceContextOption:(' +
    'USE_B3|USE_B3_WITH_W3C_PROPAGATION)}}],h2UpgradePolicy:(DO_NOT_UPGRADE|UPGRADE),hboneIdleTimeout:s,inboundClusterStatName:s,inboundTraff' +
    'icPolicy:{mode:(PASSTHROUGH|LOCALHOST)},ingressClass:s,ingressControllerMode:(UNSPECIFIED|OFF|DEFAULT|STRICT),ingressSelector:s,ingressS' +
    'ervice:s,localityLbSetting:{distribute:[{from:s,to:<i>}],enabled:b,failover:[{from:s,to:s}],failoverPriority:[s]},meshMTLS:@3;,outboundC' +
    'lusterStatName:s,outboundTrafficPolicy:{mode:(REGISTRY_ONLY|ALLOW_ANY|ALLOW_ANY_DYNAMIC_DNS),tls:@0;},pathNormalization:{normalization:(' +
    'DEFAULT|NONE|BASE|MERGE_SLASHES|DECODE_AND_MERGE_SLASHES)},protocolDetectionTimeout:s,proxyHttpPort:i,proxyInboundListenPort:i,proxyList' +
    'enPort:i,rootNamespace:s,serviceEntryVisibility:{applyToSidecars:b,defaultVisibility:(VISIBILITY_UNSPECIFIED|NONE|NAMESPACE|PUBLIC),poli' +
    'cies:[{matchingRules:[{namespaceSelector:@1;}],visibility:(VISIBILITY_UNSPECIFIED|NONE|NAMESPACE|PUBLIC)}]},serviceScopeConfigs:[{namesp' +
    'aceSelector:@1;,scope:(LOCAL|GLOBAL),servicesSelector:@1;}],serviceSettings:[{hosts:[s],settings:{clusterLocal:b}}],tcpKeepalive:{interv' +
    'al:s,probes:i,time:s},tlsDefaults:@3;,trustDomain:s,trustDomainAliases:[s],verifyCertificateAtClient:b,zoneAwareLbSetting:{enabled:b,fai' +
    'lover:[{from:s,to:s}],failoverPriority:[s],minClusterSize:#1~;}}',
  },
};
