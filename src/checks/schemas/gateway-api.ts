// written by scripts/crd-fields.ts out of the CustomResourceDefinitions
import { Schemas } from './notation';

export const GATEWAY_API: Schemas = {
  version: 'Gateway API 1.6.0',
  parts: [
    '{cors:{allowCredentials:b,allowHeaders:[s],allowMethods:[(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|*)],allowOrigins:[s],expo' +
    'seHeaders:[s],maxAge:#1~;},extensionRef:{group!:s,kind!:s,name!:s},externalAuth:{backendRef!:@17;,forwardBody:{maxSize:i},grpc:{allowedH' +
    'eaders:[s]},http:{allowedHeaders:[s],allowedResponseHeaders:[s],path:s},protocol!:(HTTP|GRPC)},requestHeaderModifier:@9;,requestMirror:@' +
    '11;,requestRedirect:{hostname:s,path:@14;,port:#1~65535;,scheme:(http|https),statusCode:i},responseHeaderModifier:@9;,type!:(RequestHead' +
    'erModifier|ResponseHeaderModifier|RequestMirror|RequestRedirect|URLRewrite|ExtensionRef|CORS|ExternalAuth),urlRewrite:{hostname:s,path:@' +
    '14;}}',
    '{allowedRoutes:{kinds:[{group:s,kind!:s}],namespaces:{from:(All|Selector|Same),selector:@10;}},hostname:s,name!:s,port!:#1~65535;,protoc' +
    'ol!:s,tls:{certificateRefs:[{group:s,kind:s,name!:s,namespace:s}],mode:(Terminate|Passthrough),options:<s>}}',
    '{backendRefs:[{filters:[@0;],group:s,kind:s,name!:s,namespace:s,port:#1~65535;,weight:#0~1000000;}],filters:[@0;],matches:[{headers:[@13' +
    ';],method:(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH),path:{type:(Exact|PathPrefix|RegularExpression),value:s},queryParams:[@' +
    '13;]}],name:s,retry:{attempts:#1~;,backoff:s,codes:[#400~599;]},sessionPersistence:@8;,timeouts:{backendRequest:s,request:s}}',
    '{group:s,kind:s,name!:s,namespace:s,port:#1~65535;,sectionName:s}',
    '{backendRefs!:[{group:s,kind:s,name!:s,namespace:s,port:#1~65535;,weight:#0~1000000;}],name:s}',
    '{extensionRef:{group!:s,kind!:s,name!:s},requestHeaderModifier:@9;,requestMirror:@11;,responseHeaderModifier:@9;,type!:(ResponseHeaderMo' +
    'difier|RequestHeaderModifier|RequestMirror|ExtensionRef)}',
    '{backend:{clientCertificateRef:{group:s,kind:s,name!:s,namespace:s}},frontend:{default!:@12;,perPort:[{port!:#1~65535;,tls!:@12;}]}}',
    '{caCertificateRefs:[{group!:s,kind!:s,name!:s}],hostname!:s,subjectAltNames:[{hostname:s,type!:(Hostname|URI),uri:s}],wellKnownCACertifi' +
    'cates:s}',
    '{absoluteTimeout:s,cookieConfig:{lifetimeType:(Permanent|Session)},sessionName:s,type:(Cookie|Header)}',
    '{add:[{name!:s,value!:s}],remove:[s],set:[{name!:s,value!:s}]}',
    '{matchExpressions:[{key!:s,operator!:s,values:[s]}],matchLabels:<s>}',
    '{backendRef!:@17;,fraction:{denominator:#1~;,numerator!:#0~;},percent:#0~100;}',
    '{validation:{caCertificateRefs!:[{group!:s,kind!:s,name!:s,namespace:s}],mode:(AllowValidOnly|AllowInsecureFallback)}}',
    '{name!:s,type:(Exact|RegularExpression),value!:s}',
    '{replaceFullPath:s,replacePrefixMatch:s,type!:(ReplaceFullPath|ReplacePrefixMatch)}',
    '{annotations:<s>,labels:<s>,parametersRef:{group!:s,kind!:s,name!:s}}',
    '{namespaces:{from:(All|Selector|Same|None),selector:@10;}}',
    '{group:s,kind:s,name!:s,namespace:s,port:#1~65535;}',
  ],
  kinds: {
    'gateway.networking.k8s.io/v1/BackendTLSPolicy':
    '{options:<s>,targetRefs!:[{group!:s,kind!:s,name!:s,sectionName:s}],validation!:@7;}',
    'gateway.networking.k8s.io/v1alpha3/BackendTLSPolicy':
    '{options:<s>,targetRefs!:[{group!:s,kind!:s,name!:s,sectionName:s}],validation!:@7;}',
    'gateway.networking.k8s.io/v1/GatewayClass':
    '{controllerName!:s,description:s,parametersRef:{group!:s,kind!:s,name!:s,namespace:s}}',
    'gateway.networking.k8s.io/v1beta1/GatewayClass':
    '{controllerName!:s,description:s,parametersRef:{group!:s,kind!:s,name!:s,namespace:s}}',
    'gateway.networking.k8s.io/v1/Gateway':
    '{addresses:[{type:s,value:s}],allowedListeners:@16;,defaultScope:(All|None),gatewayClassName!:s,infrastructure:@15;,listeners!:[@1;],tls' +
    ':@6;}',
    'gateway.networking.k8s.io/v1beta1/Gateway':
    '{addresses:[{type:s,value:s}],allowedListeners:@16;,defaultScope:(All|None),gatewayClassName!:s,infrastructure:@15;,listeners!:[@1;],tls' +
    ':@6;}',
    'gateway.networking.k8s.io/v1/GRPCRoute':
    '{hostnames:[s],parentRefs:[@3;],rules:[{backendRefs:[{filters:[@5;],group:s,kind:s,name!:s,namespace:s,port:#1~65535;,weight:#0~1000000;' +
    '}],filters:[@5;],matches:[{headers:[@13;],method:{method:s,service:s,type:(Exact|RegularExpression)}}],name:s,sessionPersistence:@8;}],u' +
    'seDefaultGateways:(All|None)}',
    'gateway.networking.k8s.io/v1/HTTPRoute':
    '{hostnames:[s],parentRefs:[@3;],rules:[@2;],useDefaultGateways:(All|None)}',
    'gateway.networking.k8s.io/v1beta1/HTTPRoute':
    '{hostnames:[s],parentRefs:[@3;],rules:[@2;],useDefaultGateways:(All|None)}',
    'gateway.networking.k8s.io/v1/ListenerSet':
    '{listeners!:[@1;],parentRef!:{group:s,kind:s,name!:s,namespace:s}}',
    'gateway.networking.k8s.io/v1/ReferenceGrant':
    '{from!:[{group!:s,kind!:s,namespace!:s}],to!:[{group!:s,kind!:s,name:s}]}',
    'gateway.networking.k8s.io/v1beta1/ReferenceGrant':
    '{from!:[{group!:s,kind!:s,namespace!:s}],to!:[{group!:s,kind!:s,name:s}]}',
    'gateway.networking.k8s.io/v1/TCPRoute':
    '{parentRefs:[@3;],rules!:[@4;],useDefaultGateways:(All|None)}',
    'gateway.networking.k8s.io/v1alpha2/TCPRoute':
    '{parentRefs:[@3;],rules!:[@4;],useDefaultGateways:(All|None)}',
    'gateway.networking.k8s.io/v1/TLSRoute':
    '{hostnames!:[s],parentRefs:[@3;],rules!:[@4;],useDefaultGateways:(All|None)}',
    'gateway.networking.k8s.io/v1alpha2/TLSRoute':
    '{hostnames:[s],parentRefs:[@3;],rules!:[@4;],useDefaultGateways:(All|None)}',
    'gateway.networking.k8s.io/v1alpha3/TLSRoute':
    '{hostnames!:[s],parentRefs:[@3;],rules!:[@4;],useDefaultGateways:(All|None)}',
    'gateway.networking.k8s.io/v1/UDPRoute':
    '{parentRefs:[@3;],rules!:[@4;],useDefaultGateways:(All|None)}',
    'gateway.networking.k8s.io/v1alpha2/UDPRoute':
    '{parentRefs:[@3;],rules!:[@4;],useDefaultGateways:(All|None)}',
    'gateway.networking.x-k8s.io/v1alpha1/XBackend':
    '{externalHostname:{hostname!:s},port!:{name:s,port!:#1~65535;},protocol:(TCP|HTTP|HTTP2|HTTP11|H2C|MCP),tls:{clientCertificateRef:{group' +
    ':s,kind:s,name!:s,namespace:s},mode!:(None|ServerOnly|ClientAndServer),validation:@7;},type!:(ExternalHostname)}',
    'gateway.networking.x-k8s.io/v1alpha1/XBackendTrafficPolicy':
    '{retryConstraint:{budget:{interval:s,percent:#0~100;},minRetryRate:{count:#1~1000000;,interval:s}},sessionPersistence:@8;,targetRefs!:[{' +
    'group!:s,kind!:s,name!:s}]}',
    'gateway.networking.x-k8s.io/v1alpha1/XMesh':
    '{controllerName!:s,description:s,parametersRef:{group!:s,kind!:s,name!:s,namespace:s}}',
  },
};
