// written by scripts/crd-fields.ts out of the CustomResourceDefinitions
import { Schemas } from './notation';

export const ISTIO: Schemas = {
  version: 'Istio of August 2026',
  parts: [
    '{connectionPool:@3;,loadBalancer:@4;,outlierDetection:@14;,portLevelSettings:[{connectionPool:@3;,loadBalancer:@4;,outlierDetection:@14;' +
    ',port:{number:i},tls:@17;}],proxyProtocol:{version:(V1|V2)},retryBudget:{budgetInterval:s,minRetryConcurrency:i,percent:n},tls:@17;,tunn' +
    'el:{protocol:s,targetHost!:s,targetPort!:i}}',
    '{corsPolicy:{allowCredentials:b,allowHeaders:[s],allowMethods:[s],allowOrigin:[s],allowOrigins:[{exact:s,prefix:s,regex:s}],exposeHeader' +
    's:[s],maxAge:d,unmatchedPreflights:(UNSPECIFIED|FORWARD|IGNORE)},delegate:{name:s,namespace:s},directResponse:{body:{bytes:s,string:s},s' +
    'tatus!:i},fault:{abort:{grpcStatus:s,http2Error:s,httpStatus:i,percentage:{value:n}},delay:{exponentialDelay:d,fixedDelay:d,percent:i,pe' +
    'rcentage:{value:n}}},headers:@21;,match:[{authority:{exact:s,prefix:s,regex:s},gateways:[s],headers:<{exact:s,prefix:s,regex:s}>,ignoreU' +
    'riCase:b,method:{exact:s,prefix:s,regex:s},name:s,port:i,queryParams:<{exact:s,prefix:s,regex:s}>,scheme:{exact:s,prefix:s,regex:s},sour' +
    'ceLabels:<s>,sourceNamespace:s,statPrefix:s,uri:{exact:s,prefix:s,regex:s},withoutHeaders:<{exact:s,prefix:s,regex:s}>}],mirror:{host!:s' +
    ',port:{number:i},subset:s},mirror_percent:i,mirrorPercent:i,mirrorPercentage:{value:n},mirrors:[{destination!:{host!:s,port:{number:i},s' +
    'ubset:s},percentage:{value:n}}],name:s,redirect:{authority:s,derivePort:(FROM_PROTOCOL_DEFAULT|FROM_REQUEST_PORT),port:i,prefixRewrite:s' +
    ',redirectCode:i,scheme:s,uri:s},retries:{attempts:i,backoff:d,perTryTimeout:d,retryIgnorePreviousHosts:b,retryOn:s,retryRemoteLocalities' +
    ':b},rewrite:{authority:s,uri:s,uriRegexRewrite:{match:s,rewrite:s}},route:[{destination!:{host!:s,port:{number:i},subset:s},headers:@21;' +
    ',weight:i}],timeout:d}',
    '{caCertCredentialName:s,caCertificates:s,caCrl:s,cipherSuites:[s],credentialName:s,credentialNames:[s],ecdhCurves:[s],httpsRedirect:b,in' +
    'secureSkipVerify:b,maxProtocolVersion:(TLS_AUTO|TLSV1_0|TLSV1_1|TLSV1_2|TLSV1_3),minProtocolVersion:(TLS_AUTO|TLSV1_0|TLSV1_1|TLSV1_2|TL' +
    'SV1_3),mode:(PASSTHROUGH|SIMPLE|MUTUAL|AUTO_PASSTHROUGH|ISTIO_MUTUAL|OPTIONAL_MUTUAL),privateKey:s,serverCertificate:s,subjectAltNames:[' +
    's],tlsCertificates:[{caCertificates:s,privateKey:s,serverCertificate:s}],verifyCertificateHash:[s],verifyCertificateSpki:[s]}',
    '{http:{h2UpgradePolicy:(DEFAULT|DO_NOT_UPGRADE|UPGRADE),http1MaxPendingRequests:i,http2KeepAlive:{interval:d,timeout:d},http2MaxRequests' +
    ':i,idleTimeout:d,maxConcurrentStreams:i,maxRequestsPerConnection:i,maxRetries:i,useClientProtocol:b},tcp:{connectTimeout:d,idleTimeout:s' +
    ',maxConnectionDuration:d,maxConnections:i,tcpKeepalive:{interval:d,probes:i,time:d}}}',
    '{backendUtilization:{errorUtilizationPenaltyPercent:i,metricNamesForComputingUtilization:[s],weightExpirationPeriod:s,weightStabilizatio' +
    'nPeriod:s,weightUpdatePeriod:s},consistentHash:{httpCookie:{attributes:[{name!:s,value:s}],name!:s,path:s,ttl:s},httpHeaderName:s,httpQu' +
    'eryParameterName:s,maglev:{tableSize:i},minimumRingSize:i,ringHash:{minimumRingSize:i},useSourceIp:b},localityLbSetting:{distribute:[{fr' +
    'om:s,to:<i>}],enabled:b,failover:[{from:s,to:s}],failoverPriority:[s]},simple:(UNSPECIFIED|LEAST_CONN|RANDOM|PASSTHROUGH|ROUND_ROBIN|LEA' +
    'ST_REQUEST),warmup:{aggression:n,duration!:d,minimumPercent:n},warmupDurationSecs:d,zoneAwareLbSetting:{enabled:b,failover:[{from:s,to:s' +
    '}],failoverPriority:[s],minClusterSize:i}}',
    '{exec:{command!:[s]},failureThreshold:i,grpc:{port:i,service:s},httpGet:{host:s,httpHeaders:[{name:s,value:s}],path:s,port!:i,scheme:s},' +
    'initialDelaySeconds:i,periodSeconds:i,successThreshold:i,tcpSocket:{host:s,port!:i},timeoutSeconds:i}',
    '{from:[{source:{ipBlocks:[s],namespaces:[s],notIpBlocks:[s],notNamespaces:[s],notPrincipals:[s],notRemoteIpBlocks:[s],notRequestPrincipa' +
    'ls:[s],notServiceAccounts:[s],notTrustDomains:[s],principals:[s],remoteIpBlocks:[s],requestPrincipals:[s],serviceAccounts:[s],trustDomai' +
    'ns:[s]}}],to:[{operation:{hosts:[s],methods:[s],notHosts:[s],notMethods:[s],notPaths:[s],notPorts:[s],paths:[s],ports:[s]}}],when:[{key!' +
    ':s,notValues:[s],values:[s]}]}',
    '{address:s,labels:<s>,locality:s,network:s,ports:<i>,serviceAccount:s,weight:i}',
    '{overrides:[{disabled:b,match:{customMetric:s,metric:(ALL_METRICS|REQUEST_COUNT|REQUEST_DURATION|REQUEST_SIZE|RESPONSE_SIZE|TCP_OPENED_C' +
    'ONNECTIONS|TCP_CLOSED_CONNECTIONS|TCP_SENT_BYTES|TCP_RECEIVED_BYTES|GRPC_REQUEST_MESSAGES|GRPC_RESPONSE_MESSAGES),mode:(CLIENT_AND_SERVE' +
    'R|CLIENT|SERVER)},tagOverrides:<{operation:(UPSERT|REMOVE),value:s}>}],providers:[{name!:s}],reportingInterval:d}',
    '{match:[{destinationSubnets:[s],gateways:[s],port:i,sourceLabels:<s>,sourceNamespace:s,sourceSubnet:s}],route:[@23;]}',
    '{match!:[{destinationSubnets:[s],gateways:[s],port:i,sniHosts!:[s],sourceLabels:<s>,sourceNamespace:s}],route:[@23;]}',
    '{customTags:<{environment:{defaultValue:s,name!:s},formatter:{value!:s},header:{defaultValue:s,name!:s},literal:{value!:s}}>,disableCont' +
    'extPropagation:b,disableSpanReporting:b,enableIstioTags:b,match:{mode:(CLIENT_AND_SERVER|CLIENT|SERVER)},providers:[{name!:s}],randomSam' +
    'plingPercentage:n,useRequestIdForTraceSampling:b}',
    '{bind:s,captureMode:(DEFAULT|IPTABLES|NONE),connectionPool:@3;,defaultEndpoint:s,port!:@25;,tls:@2;}',
    '{audiences:[s],forwardOriginalToken:b,fromCookies:[s],fromHeaders:[{name!:s,prefix:s}],fromParams:[s],issuer:s,jwks:s,jwks_uri:s,jwksUri' +
    ':s,outputClaimToHeaders:[{claim!:s,header!:s}],outputPayloadToHeader:s,presence:(OPTIONAL|REQUIRED),spaceDelimitedClaims:[s],timeout:d}',
    '{baseEjectionTime:d,consecutive5xxErrors:i,consecutiveErrors:i,consecutiveGatewayErrors:i,consecutiveLocalOriginFailures:i,interval:d,ma' +
    'xEjectionPercent:i,minHealthPercent:i,outlierDetectionHttpErrorCodes:[i],splitExternalLocalOriginErrors:b}',
    '{bind:s,defaultEndpoint:s,hosts!:[s],name:s,port!:{name!:s,number!:i,protocol!:s,targetPort:i},tls:@2;}',
    '{bind:s,captureMode:(DEFAULT|IPTABLES|NONE),hosts!:[s],port:@25;}',
    '{caCertificates:s,caCrl:s,clientCertificate:s,credentialName:s,insecureSkipVerify:b,mode:(DISABLE|SIMPLE|MUTUAL|ISTIO_MUTUAL),privateKey' +
    ':s,sni:s,subjectAltNames:[s]}',
    '{egressProxy:{host!:s,port:{number:i},subset:s},mode:(REGISTRY_ONLY|ALLOW_ANY)}',
    '{disabled:b,filter:{expression:s},match:{mode:(CLIENT_AND_SERVER|CLIENT|SERVER)},providers:[{name!:s}]}',
    '{name!:s,number!:i,protocol:s,targetPort:i}',
    '{request:{add:<s>,remove:[s],set:<s>},response:{add:<s>,remove:[s],set:<s>}}',
    '{mode:(UNDEFINED|CLIENT|SERVER|CLIENT_AND_SERVER),ports:[{number!:i}]}',
    '{destination!:{host!:s,port:{number:i},subset:s},weight:i}',
    '{env:[{name!:s,value:s,valueFrom:(INLINE|HOST)}]}',
    '{name:s,number:i,protocol:s,targetPort:i}',
  ],
  kinds: {
    'extensions.istio.io/v1alpha1/TrafficExtension':
    '{lua:{inlineCode!:s},match:[@22;],phase:(UNSPECIFIED|AUTHN|AUTHZ|STATS),priority:i,selector:{matchLabels:<s>},targetRefs:[{group:s,kind!' +
    ':s,name!:s,namespace:s}],wasm:{failStrategy:(FAIL_CLOSE|FAIL_OPEN|FAIL_RELOAD),imagePullPolicy:(UNSPECIFIED_POLICY|IfNotPresent|Always),' +
    'imagePullSecret:s,pluginConfig:*,pluginName:s,sha256:s,type:(UNSPECIFIED_PLUGIN_TYPE|HTTP|NETWORK),url!:s,verificationKey:s,vmConfig:@24' +
    ';}}',
    'extensions.istio.io/v1alpha1/WasmPlugin':
    '{failStrategy:(FAIL_CLOSE|FAIL_OPEN|FAIL_RELOAD),imagePullPolicy:(UNSPECIFIED_POLICY|IfNotPresent|Always),imagePullSecret:s,match:[@22;]' +
    ',phase:(UNSPECIFIED_PHASE|AUTHN|AUTHZ|STATS),pluginConfig:*,pluginName:s,priority:i,selector:{matchLabels:<s>},sha256:s,targetRef:{group' +
    ':s,kind!:s,name!:s,namespace:s},targetRefs:[{group:s,kind!:s,name!:s,namespace:s}],type:(UNSPECIFIED_PLUGIN_TYPE|HTTP|NETWORK),url!:s,ve' +
    'rificationKey:s,vmConfig:@24;}',
    'networking.istio.io/v1/DestinationRule':
    '{exportTo:[s],host!:s,subsets:[{labels:<s>,name!:s,trafficPolicy:@0;}],trafficPolicy:@0;,workloadSelector:{matchLabels:<s>}}',
    'networking.istio.io/v1alpha3/DestinationRule':
    '{exportTo:[s],host!:s,subsets:[{labels:<s>,name!:s,trafficPolicy:@0;}],trafficPolicy:@0;,workloadSelector:{matchLabels:<s>}}',
    'networking.istio.io/v1beta1/DestinationRule':
    '{exportTo:[s],host!:s,subsets:[{labels:<s>,name!:s,trafficPolicy:@0;}],trafficPolicy:@0;,workloadSelector:{matchLabels:<s>}}',
    'networking.istio.io/v1alpha3/EnvoyFilter':
    '{configPatches:[{applyTo:(INVALID|LISTENER|FILTER_CHAIN|NETWORK_FILTER|HTTP_FILTER|ROUTE_CONFIGURATION|VIRTUAL_HOST|HTTP_ROUTE|CLUSTER|E' +
    'XTENSION_CONFIG|BOOTSTRAP|LISTENER_FILTER),match:{cluster:{name:s,portNumber:i,service:s,subset:s},context:(ANY|SIDECAR_INBOUND|SIDECAR_' +
    'OUTBOUND|GATEWAY|WAYPOINT),listener:{filterChain:{applicationProtocols:s,destinationPort:i,filter:{name:s,subFilter:{name:s}},name:s,sni' +
    ':s,transportProtocol:s,transportSocket:s},listenerFilter:s,name:s,portName:s,portNumber:i},proxy:{metadata:<s>,proxyVersion:s},routeConf' +
    'iguration:{gateway:s,name:s,portName:s,portNumber:i,vhost:{domainName:s,name:s,route:{action:(ANY|ROUTE|REDIRECT|DIRECT_RESPONSE),name:s' +
    '}}},waypoint:{filter:{name:s,subFilter:{name:s}},portNumber:i,route:{name:s}}},patch:{filterClass:(UNSPECIFIED|AUTHN|AUTHZ|STATS),operat' +
    'ion:(INVALID|MERGE|ADD|REMOVE|INSERT_BEFORE|INSERT_AFTER|INSERT_FIRST|REPLACE|MERGE_AND_REPLACE_LIST),value:*}}],priority:i,targetRefs:[' +
    '{group:s,kind!:s,name!:s,namespace:s}],workloadSelector:{labels:<s>}}',
    'networking.istio.io/v1/Gateway':
    '{selector:<s>,servers:[@15;]}',
    'networking.istio.io/v1alpha3/Gateway':
    '{selector:<s>,servers:[@15;]}',
    'networking.istio.io/v1beta1/Gateway':
    '{selector:<s>,servers:[@15;]}',
    'networking.istio.io/v1beta1/ProxyConfig':
    '{concurrency:i,environmentVariables:<s>,image:{imageType:s},selector:{matchLabels:<s>}}',
    'networking.istio.io/v1/ServiceEntry':
    '{addresses:[s],endpoints:[@7;],exportTo:[s],hosts!:[s],location:(MESH_EXTERNAL|MESH_INTERNAL),ports:[@20;],resolution:(NONE|STATIC|DNS|D' +
    'NS_ROUND_ROBIN|DYNAMIC_DNS),subjectAltNames:[s],workloadSelector:{labels:<s>}}',
    'networking.istio.io/v1alpha3/ServiceEntry':
    '{addresses:[s],endpoints:[@7;],exportTo:[s],hosts!:[s],location:(MESH_EXTERNAL|MESH_INTERNAL),ports:[@20;],resolution:(NONE|STATIC|DNS|D' +
    'NS_ROUND_ROBIN|DYNAMIC_DNS),subjectAltNames:[s],workloadSelector:{labels:<s>}}',
    'networking.istio.io/v1beta1/ServiceEntry':
    '{addresses:[s],endpoints:[@7;],exportTo:[s],hosts!:[s],location:(MESH_EXTERNAL|MESH_INTERNAL),ports:[@20;],resolution:(NONE|STATIC|DNS|D' +
    'NS_ROUND_ROBIN|DYNAMIC_DNS),subjectAltNames:[s],workloadSelector:{labels:<s>}}',
    'networking.istio.io/v1/Sidecar':
    '{egress:[@16;],inboundConnectionPool:@3;,ingress:[@12;],outboundTrafficPolicy:@18;,workloadSelector:{labels:<s>}}',
    'networking.istio.io/v1alpha3/Sidecar':
    '{egress:[@16;],inboundConnectionPool:@3;,ingress:[@12;],outboundTrafficPolicy:@18;,workloadSelector:{labels:<s>}}',
    'networking.istio.io/v1beta1/Sidecar':
    '{egress:[@16;],inboundConnectionPool:@3;,ingress:[@12;],outboundTrafficPolicy:@18;,workloadSelector:{labels:<s>}}',
    'networking.istio.io/v1/VirtualService':
    '{exportTo:[s],gateways:[s],hosts:[s],http:[@1;],tcp:[@9;],tls:[@10;]}',
    'networking.istio.io/v1alpha3/VirtualService':
    '{exportTo:[s],gateways:[s],hosts:[s],http:[@1;],tcp:[@9;],tls:[@10;]}',
    'networking.istio.io/v1beta1/VirtualService':
    '{exportTo:[s],gateways:[s],hosts:[s],http:[@1;],tcp:[@9;],tls:[@10;]}',
    'networking.istio.io/v1/WorkloadEntry':
    '@7;',
    'networking.istio.io/v1alpha3/WorkloadEntry':
    '@7;',
    'networking.istio.io/v1beta1/WorkloadEntry':
    '@7;',
    'networking.istio.io/v1/WorkloadGroup':
    '{metadata:{annotations:<s>,labels:<s>},probe:@5;,template!:@7;}',
    'networking.istio.io/v1alpha3/WorkloadGroup':
    '{metadata:{annotations:<s>,labels:<s>},probe:@5;,template!:@7;}',
    'networking.istio.io/v1beta1/WorkloadGroup':
    '{metadata:{annotations:<s>,labels:<s>},probe:@5;,template!:@7;}',
    'security.istio.io/v1/AuthorizationPolicy':
    '{action:(ALLOW|DENY|AUDIT|CUSTOM),provider:{name:s},rules:[@6;],selector:{matchLabels:<s>},targetRef:{group:s,kind!:s,name!:s,namespace:' +
    's},targetRefs:[{group:s,kind!:s,name!:s,namespace:s}]}',
    'security.istio.io/v1beta1/AuthorizationPolicy':
    '{action:(ALLOW|DENY|AUDIT|CUSTOM),provider:{name:s},rules:[@6;],selector:{matchLabels:<s>},targetRef:{group:s,kind!:s,name!:s,namespace:' +
    's},targetRefs:[{group:s,kind!:s,name!:s,namespace:s}]}',
    'security.istio.io/v1/PeerAuthentication':
    '{mtls:{mode:(UNSET|DISABLE|PERMISSIVE|STRICT)},portLevelMtls:<{mode:(UNSET|DISABLE|PERMISSIVE|STRICT)}>,selector:{matchLabels:<s>}}',
    'security.istio.io/v1beta1/PeerAuthentication':
    '{mtls:{mode:(UNSET|DISABLE|PERMISSIVE|STRICT)},portLevelMtls:<{mode:(UNSET|DISABLE|PERMISSIVE|STRICT)}>,selector:{matchLabels:<s>}}',
    'security.istio.io/v1/RequestAuthentication':
    '{jwtRules:[@13;],selector:{matchLabels:<s>},targetRef:{group:s,kind!:s,name!:s,namespace:s},targetRefs:[{group:s,kind!:s,name!:s,namespa' +
    'ce:s}]}',
    'security.istio.io/v1beta1/RequestAuthentication':
    '{jwtRules:[@13;],selector:{matchLabels:<s>},targetRef:{group:s,kind!:s,name!:s,namespace:s},targetRefs:[{group:s,kind!:s,name!:s,namespa' +
    'ce:s}]}',
    'telemetry.istio.io/v1/Telemetry':
    '{accessLogging:[@19;],metrics:[@8;],selector:{matchLabels:<s>},targetRef:{group:s,kind!:s,name!:s,namespace:s},targetRefs:[{group:s,kind' +
    '!:s,name!:s,namespace:s}],tracing:[@11;]}',
    'telemetry.istio.io/v1alpha1/Telemetry':
    '{accessLogging:[@19;],metrics:[@8;],selector:{matchLabels:<s>},targetRef:{group:s,kind!:s,name!:s,namespace:s},targetRefs:[{group:s,kind' +
    '!:s,name!:s,namespace:s}],tracing:[@11;]}',
  },
};
