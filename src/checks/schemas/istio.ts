// written by scripts/crd-fields.ts out of the CustomResourceDefinitions
import { Schemas } from './notation';

export const ISTIO: Schemas = {
  version: 'Istio of August 2026',
  parts: [
    '{connectionPool:@3;,loadBalancer:@4;,outlierDetection:@14;,portLevelSettings:[{connectionPool:@3;,loadBalancer:@4;,outlierDetection:@14;' +
    ',port:{number:#0~4294967295;},tls:@18;}],proxyProtocol:{version:(V1|V2)},retryBudget:{budgetInterval:s,minRetryConcurrency:#0~4294967295' +
    ';,percent:n},tls:@18;,tunnel:{protocol:s,targetHost!:s,targetPort!:#0~4294967295;}}',
    '{corsPolicy:{allowCredentials:b,allowHeaders:[s],allowMethods:[s],allowOrigin:[s],allowOrigins:[{exact:s,prefix:s,regex:s}],exposeHeader' +
    's:[s],maxAge:d,unmatchedPreflights:(UNSPECIFIED|FORWARD|IGNORE)},delegate:{name:s,namespace:s},directResponse:{body:{bytes:s,string:s},s' +
    'tatus!:#0~4294967295;},fault:{abort:{grpcStatus:s,http2Error:s,httpStatus:i,percentage:{value:n}},delay:{exponentialDelay:d,fixedDelay:d' +
    ',percent:i,percentage:{value:n}}},headers:@24;,match:[{authority:{exact:s,prefix:s,regex:s},gateways:[s],headers:<{exact:s,prefix:s,rege' +
    'x:s}>,ignoreUriCase:b,method:{exact:s,prefix:s,regex:s},name:s,port:#0~4294967295;,queryParams:<{exact:s,prefix:s,regex:s}>,scheme:{exac' +
    't:s,prefix:s,regex:s},sourceLabels:<s>,sourceNamespace:s,statPrefix:s,uri:{exact:s,prefix:s,regex:s},withoutHeaders:<{exact:s,prefix:s,r' +
    'egex:s}>}],mirror:@7;,mirror_percent:#0~4294967295;,mirrorPercent:#0~4294967295;,mirrorPercentage:{value:n},mirrors:[{destination!:@7;,p' +
    'ercentage:{value:n}}],name:s,redirect:{authority:s,derivePort:(FROM_PROTOCOL_DEFAULT|FROM_REQUEST_PORT),port:#0~4294967295;,prefixRewrit' +
    'e:s,redirectCode:#0~4294967295;,scheme:s,uri:s},retries:{attempts:i,backoff:d,perTryTimeout:d,retryIgnorePreviousHosts:b,retryOn:s,retry' +
    'RemoteLocalities:b},rewrite:{authority:s,uri:s,uriRegexRewrite:{match:s,rewrite:s}},route:[{destination!:@7;,headers:@24;,weight:i}],tim' +
    'eout:d}',
    '{caCertCredentialName:s,caCertificates:s,caCrl:s,cipherSuites:[s],credentialName:s,credentialNames:[s],ecdhCurves:[s],httpsRedirect:b,in' +
    'secureSkipVerify:b,maxProtocolVersion:(TLS_AUTO|TLSV1_0|TLSV1_1|TLSV1_2|TLSV1_3),minProtocolVersion:(TLS_AUTO|TLSV1_0|TLSV1_1|TLSV1_2|TL' +
    'SV1_3),mode:(PASSTHROUGH|SIMPLE|MUTUAL|AUTO_PASSTHROUGH|ISTIO_MUTUAL|OPTIONAL_MUTUAL),privateKey:s,serverCertificate:s,subjectAltNames:[' +
    's],tlsCertificates:[{caCertificates:s,privateKey:s,serverCertificate:s}],verifyCertificateHash:[s],verifyCertificateSpki:[s]}',
    '{http:{h2UpgradePolicy:(DEFAULT|DO_NOT_UPGRADE|UPGRADE),http1MaxPendingRequests:i,http2KeepAlive:{interval:d,timeout:d},http2MaxRequests' +
    ':i,idleTimeout:d,maxConcurrentStreams:i,maxRequestsPerConnection:i,maxRetries:i,useClientProtocol:b},tcp:{connectTimeout:d,idleTimeout:s' +
    ',maxConnectionDuration:d,maxConnections:i,tcpKeepalive:{interval:d,probes:#0~4294967295;,time:d}}}',
    '{backendUtilization:{errorUtilizationPenaltyPercent:#0~4294967295;,metricNamesForComputingUtilization:[s],weightExpirationPeriod:s,weigh' +
    'tStabilizationPeriod:s,weightUpdatePeriod:s},consistentHash:{httpCookie:{attributes:[{name!:s,value:s}],name!:s,path:s,ttl:s},httpHeader' +
    'Name:s,httpQueryParameterName:s,maglev:{tableSize:#0~;},minimumRingSize:#0~;,ringHash:{minimumRingSize:#0~;},useSourceIp:b},localityLbSe' +
    'tting:{distribute:[{from:s,to:<#0~4294967295;>}],enabled:b,failover:[{from:s,to:s}],failoverPriority:[s]},simple:(UNSPECIFIED|LEAST_CONN' +
    '|RANDOM|PASSTHROUGH|ROUND_ROBIN|LEAST_REQUEST),warmup:{aggression:n,duration!:d,minimumPercent:n},warmupDurationSecs:d,zoneAwareLbSettin' +
    'g:{enabled:b,failover:[{from:s,to:s}],failoverPriority:[s],minClusterSize:#1~4294967295;}}',
    '{exec:{command!:[s]},failureThreshold:#0~;,grpc:{port:#0~4294967295;,service:s},httpGet:{host:s,httpHeaders:[{name:s,value:s}],path:s,po' +
    'rt!:#0~4294967295;,scheme:s},initialDelaySeconds:#0~;,periodSeconds:#0~;,successThreshold:#0~;,tcpSocket:{host:s,port!:#0~4294967295;},t' +
    'imeoutSeconds:#0~;}',
    '{address:s,labels:<s>,locality:s,network:s,ports:<#0~4294967295;>,serviceAccount:s,weight:#0~4294967295;}',
    '{host!:s,port:{number:#0~4294967295;},subset:s}',
    '{from:[{source:{ipBlocks:[s],namespaces:[s],notIpBlocks:[s],notNamespaces:[s],notPrincipals:[s],notRemoteIpBlocks:[s],notRequestPrincipa' +
    'ls:[s],notServiceAccounts:[s],notTrustDomains:[s],principals:[s],remoteIpBlocks:[s],requestPrincipals:[s],serviceAccounts:[s],trustDomai' +
    'ns:[s]}}],to:[{operation:{hosts:[s],methods:[s],notHosts:[s],notMethods:[s],notPaths:[s],notPorts:[s],paths:[s],ports:[s]}}],when:[{key!' +
    ':s,notValues:[s],values:[s]}]}',
    '{overrides:[{disabled:b,match:{customMetric:s,metric:(ALL_METRICS|REQUEST_COUNT|REQUEST_DURATION|REQUEST_SIZE|RESPONSE_SIZE|TCP_OPENED_C' +
    'ONNECTIONS|TCP_CLOSED_CONNECTIONS|TCP_SENT_BYTES|TCP_RECEIVED_BYTES|GRPC_REQUEST_MESSAGES|GRPC_RESPONSE_MESSAGES),mode:(CLIENT_AND_SERVE' +
    'R|CLIENT|SERVER)},tagOverrides:<{operation:(UPSERT|REMOVE),value:s}>}],providers:[{name!:s}],reportingInterval:d}',
    '{name:s,number:#0~4294967295;,protocol:s,targetPort:#0~4294967295;}',
    '{customTags:<{environment:{defaultValue:s,name!:s},formatter:{value!:s},header:{defaultValue:s,name!:s},literal:{value!:s}}>,disableCont' +
    'extPropagation:b,disableSpanReporting:b,enableIstioTags:b,match:{mode:(CLIENT_AND_SERVER|CLIENT|SERVER)},providers:[{name!:s}],randomSam' +
    'plingPercentage:n,useRequestIdForTraceSampling:b}',
    '{match:[{destinationSubnets:[s],gateways:[s],port:#0~4294967295;,sourceLabels:<s>,sourceNamespace:s,sourceSubnet:s}],route:[{destination' +
    '!:@7;,weight:i}]}',
    '{match!:[{destinationSubnets:[s],gateways:[s],port:#0~4294967295;,sniHosts!:[s],sourceLabels:<s>,sourceNamespace:s}],route:[{destination' +
    '!:@7;,weight:i}]}',
    '{baseEjectionTime:d,consecutive5xxErrors:#0~4294967295;,consecutiveErrors:i,consecutiveGatewayErrors:#0~4294967295;,consecutiveLocalOrig' +
    'inFailures:#0~4294967295;,interval:d,maxEjectionPercent:i,minHealthPercent:i,outlierDetectionHttpErrorCodes:[#100~599;],splitExternalLoc' +
    'alOriginErrors:b}',
    '{audiences:[s],forwardOriginalToken:b,fromCookies:[s],fromHeaders:[{name!:s,prefix:s}],fromParams:[s],issuer:s,jwks:s,jwks_uri:s,jwksUri' +
    ':s,outputClaimToHeaders:[{claim!:s,header!:s}],outputPayloadToHeader:s,presence:(OPTIONAL|REQUIRED),spaceDelimitedClaims:[s],timeout:d}',
    '{bind:s,defaultEndpoint:s,hosts!:[s],name:s,port!:{name!:s,number!:#0~4294967295;,protocol!:s,targetPort:#0~4294967295;},tls:@2;}',
    '{bind:s,captureMode:(DEFAULT|IPTABLES|NONE),connectionPool:@3;,defaultEndpoint:s,port!:@10;,tls:@2;}',
    '{caCertificates:s,caCrl:s,clientCertificate:s,credentialName:s,insecureSkipVerify:b,mode:(DISABLE|SIMPLE|MUTUAL|ISTIO_MUTUAL),privateKey' +
    ':s,sni:s,subjectAltNames:[s]}',
    '{name!:s,number!:#0~4294967295;,protocol:s,targetPort:#0~4294967295;}',
    '{bind:s,captureMode:(DEFAULT|IPTABLES|NONE),hosts!:[s],port:@10;}',
    '{disabled:b,filter:{expression:s},match:{mode:(CLIENT_AND_SERVER|CLIENT|SERVER)},providers:[{name!:s}]}',
    '{egressProxy:@7;,mode:(REGISTRY_ONLY|ALLOW_ANY)}',
    '{mode:(UNDEFINED|CLIENT|SERVER|CLIENT_AND_SERVER),ports:[{number!:#1~65535;}]}',
    '{request:{add:<s>,remove:[s],set:<s>},response:{add:<s>,remove:[s],set:<s>}}',
    '{env:[{name!:s,value:s,valueFrom:(INLINE|HOST)}]}',
  ],
  kinds: {
    'extensions.istio.io/v1alpha1/TrafficExtension':
    '{lua:{inlineCode!:s},match:[@23;],phase:(UNSPECIFIED|AUTHN|AUTHZ|STATS),priority:i,selector:{matchLabels:<s>},targetRefs:[{group:s,kind!' +
    ':s,name!:s,namespace:s}],wasm:{failStrategy:(FAIL_CLOSE|FAIL_OPEN|FAIL_RELOAD),imagePullPolicy:(UNSPECIFIED_POLICY|IfNotPresent|Always),' +
    'imagePullSecret:s,pluginConfig:*,pluginName:s,sha256:s,type:(UNSPECIFIED_PLUGIN_TYPE|HTTP|NETWORK),url!:s,verificationKey:s,vmConfig:@25' +
    ';}}',
    'extensions.istio.io/v1alpha1/WasmPlugin':
    '{failStrategy:(FAIL_CLOSE|FAIL_OPEN|FAIL_RELOAD),imagePullPolicy:(UNSPECIFIED_POLICY|IfNotPresent|Always),imagePullSecret:s,match:[@23;]' +
    ',phase:(UNSPECIFIED_PHASE|AUTHN|AUTHZ|STATS),pluginConfig:*,pluginName:s,priority:i,selector:{matchLabels:<s>},sha256:s,targetRef:{group' +
    ':s,kind!:s,name!:s,namespace:s},targetRefs:[{group:s,kind!:s,name!:s,namespace:s}],type:(UNSPECIFIED_PLUGIN_TYPE|HTTP|NETWORK),url!:s,ve' +
    'rificationKey:s,vmConfig:@25;}',
    'networking.istio.io/v1/DestinationRule':
    '{exportTo:[s],host!:s,subsets:[{labels:<s>,name!:s,trafficPolicy:@0;}],trafficPolicy:@0;,workloadSelector:{matchLabels:<s>}}',
    'networking.istio.io/v1alpha3/DestinationRule':
    '{exportTo:[s],host!:s,subsets:[{labels:<s>,name!:s,trafficPolicy:@0;}],trafficPolicy:@0;,workloadSelector:{matchLabels:<s>}}',
    'networking.istio.io/v1beta1/DestinationRule':
    '{exportTo:[s],host!:s,subsets:[{labels:<s>,name!:s,trafficPolicy:@0;}],trafficPolicy:@0;,workloadSelector:{matchLabels:<s>}}',
    'networking.istio.io/v1alpha3/EnvoyFilter':
    '{configPatches:[{applyTo:(INVALID|LISTENER|FILTER_CHAIN|NETWORK_FILTER|HTTP_FILTER|ROUTE_CONFIGURATION|VIRTUAL_HOST|HTTP_ROUTE|CLUSTER|E' +
    'XTENSION_CONFIG|BOOTSTRAP|LISTENER_FILTER),match:{cluster:{name:s,portNumber:#0~4294967295;,service:s,subset:s},context:(ANY|SIDECAR_INB' +
    'OUND|SIDECAR_OUTBOUND|GATEWAY|WAYPOINT),listener:{filterChain:{applicationProtocols:s,destinationPort:#0~4294967295;,filter:{name:s,subF' +
    'ilter:{name:s}},name:s,sni:s,transportProtocol:s,transportSocket:s},listenerFilter:s,name:s,portName:s,portNumber:#0~4294967295;},proxy:' +
    '{metadata:<s>,proxyVersion:s},routeConfiguration:{gateway:s,name:s,portName:s,portNumber:#0~4294967295;,vhost:{domainName:s,name:s,route' +
    ':{action:(ANY|ROUTE|REDIRECT|DIRECT_RESPONSE),name:s}}},waypoint:{filter:{name:s,subFilter:{name:s}},portNumber:#0~4294967295;,route:{na' +
    'me:s}}},patch:{filterClass:(UNSPECIFIED|AUTHN|AUTHZ|STATS),operation:(INVALID|MERGE|ADD|REMOVE|INSERT_BEFORE|INSERT_AFTER|INSERT_FIRST|R' +
    'EPLACE|MERGE_AND_REPLACE_LIST),value:*}}],priority:i,targetRefs:[{group:s,kind!:s,name!:s,namespace:s}],workloadSelector:{labels:<s>}}',
    'networking.istio.io/v1/Gateway':
    '{selector:<s>,servers:[@16;]}',
    'networking.istio.io/v1alpha3/Gateway':
    '{selector:<s>,servers:[@16;]}',
    'networking.istio.io/v1beta1/Gateway':
    '{selector:<s>,servers:[@16;]}',
    'networking.istio.io/v1beta1/ProxyConfig':
    '{concurrency:#0~;,environmentVariables:<s>,image:{imageType:s},selector:{matchLabels:<s>}}',
    'networking.istio.io/v1/ServiceEntry':
    '{addresses:[s],endpoints:[@6;],exportTo:[s],hosts!:[s],location:(MESH_EXTERNAL|MESH_INTERNAL),ports:[@19;],resolution:(NONE|STATIC|DNS|D' +
    'NS_ROUND_ROBIN|DYNAMIC_DNS),subjectAltNames:[s],workloadSelector:{labels:<s>}}',
    'networking.istio.io/v1alpha3/ServiceEntry':
    '{addresses:[s],endpoints:[@6;],exportTo:[s],hosts!:[s],location:(MESH_EXTERNAL|MESH_INTERNAL),ports:[@19;],resolution:(NONE|STATIC|DNS|D' +
    'NS_ROUND_ROBIN|DYNAMIC_DNS),subjectAltNames:[s],workloadSelector:{labels:<s>}}',
    'networking.istio.io/v1beta1/ServiceEntry':
    '{addresses:[s],endpoints:[@6;],exportTo:[s],hosts!:[s],location:(MESH_EXTERNAL|MESH_INTERNAL),ports:[@19;],resolution:(NONE|STATIC|DNS|D' +
    'NS_ROUND_ROBIN|DYNAMIC_DNS),subjectAltNames:[s],workloadSelector:{labels:<s>}}',
    'networking.istio.io/v1/Sidecar':
    '{egress:[@20;],inboundConnectionPool:@3;,ingress:[@17;],outboundTrafficPolicy:@22;,workloadSelector:{labels:<s>}}',
    'networking.istio.io/v1alpha3/Sidecar':
    '{egress:[@20;],inboundConnectionPool:@3;,ingress:[@17;],outboundTrafficPolicy:@22;,workloadSelector:{labels:<s>}}',
    'networking.istio.io/v1beta1/Sidecar':
    '{egress:[@20;],inboundConnectionPool:@3;,ingress:[@17;],outboundTrafficPolicy:@22;,workloadSelector:{labels:<s>}}',
    'networking.istio.io/v1/VirtualService':
    '{exportTo:[s],gateways:[s],hosts:[s],http:[@1;],tcp:[@12;],tls:[@13;]}',
    'networking.istio.io/v1alpha3/VirtualService':
    '{exportTo:[s],gateways:[s],hosts:[s],http:[@1;],tcp:[@12;],tls:[@13;]}',
    'networking.istio.io/v1beta1/VirtualService':
    '{exportTo:[s],gateways:[s],hosts:[s],http:[@1;],tcp:[@12;],tls:[@13;]}',
    'networking.istio.io/v1/WorkloadEntry':
    '@6;',
    'networking.istio.io/v1alpha3/WorkloadEntry':
    '@6;',
    'networking.istio.io/v1beta1/WorkloadEntry':
    '@6;',
    'networking.istio.io/v1/WorkloadGroup':
    '{metadata:{annotations:<s>,labels:<s>},probe:@5;,template!:@6;}',
    'networking.istio.io/v1alpha3/WorkloadGroup':
    '{metadata:{annotations:<s>,labels:<s>},probe:@5;,template!:@6;}',
    'networking.istio.io/v1beta1/WorkloadGroup':
    '{metadata:{annotations:<s>,labels:<s>},probe:@5;,template!:@6;}',
    'security.istio.io/v1/AuthorizationPolicy':
    '{action:(ALLOW|DENY|AUDIT|CUSTOM),provider:{name:s},rules:[@8;],selector:{matchLabels:<s>},targetRef:{group:s,kind!:s,name!:s,namespace:' +
    's},targetRefs:[{group:s,kind!:s,name!:s,namespace:s}]}',
    'security.istio.io/v1beta1/AuthorizationPolicy':
    '{action:(ALLOW|DENY|AUDIT|CUSTOM),provider:{name:s},rules:[@8;],selector:{matchLabels:<s>},targetRef:{group:s,kind!:s,name!:s,namespace:' +
    's},targetRefs:[{group:s,kind!:s,name!:s,namespace:s}]}',
    'security.istio.io/v1/PeerAuthentication':
    '{mtls:{mode:(UNSET|DISABLE|PERMISSIVE|STRICT)},portLevelMtls:<{mode:(UNSET|DISABLE|PERMISSIVE|STRICT)}>,selector:{matchLabels:<s>}}',
    'security.istio.io/v1beta1/PeerAuthentication':
    '{mtls:{mode:(UNSET|DISABLE|PERMISSIVE|STRICT)},portLevelMtls:<{mode:(UNSET|DISABLE|PERMISSIVE|STRICT)}>,selector:{matchLabels:<s>}}',
    'security.istio.io/v1/RequestAuthentication':
    '{jwtRules:[@15;],selector:{matchLabels:<s>},targetRef:{group:s,kind!:s,name!:s,namespace:s},targetRefs:[{group:s,kind!:s,name!:s,namespa' +
    'ce:s}]}',
    'security.istio.io/v1beta1/RequestAuthentication':
    '{jwtRules:[@15;],selector:{matchLabels:<s>},targetRef:{group:s,kind!:s,name!:s,namespace:s},targetRefs:[{group:s,kind!:s,name!:s,namespa' +
    'ce:s}]}',
    'telemetry.istio.io/v1/Telemetry':
    '{accessLogging:[@21;],metrics:[@9;],selector:{matchLabels:<s>},targetRef:{group:s,kind!:s,name!:s,namespace:s},targetRefs:[{group:s,kind' +
    '!:s,name!:s,namespace:s}],tracing:[@11;]}',
    'telemetry.istio.io/v1alpha1/Telemetry':
    '{accessLogging:[@21;],metrics:[@9;],selector:{matchLabels:<s>},targetRef:{group:s,kind!:s,name!:s,namespace:s},targetRefs:[{group:s,kind' +
    '!:s,name!:s,namespace:s}],tracing:[@11;]}',
  },
};
