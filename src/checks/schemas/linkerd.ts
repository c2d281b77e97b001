// written by scripts/crd-fields.ts out of the CustomResourceDefinitions
import { Schemas } from './notation';

export const LINKERD: Schemas = {
  version: 'Linkerd of August 2026',
  parts: [
    '{requestHeaderModifier:@6;,requestRedirect:@4;,responseHeaderModifier:@6;,type!:(RequestHeaderModifier|ResponseHeaderModifier|RequestRed' +
    'irect)}',
    '{requestHeaderModifier:@6;,requestRedirect:@4;,type!:(RequestHeaderModifier|RequestRedirect)}',
    '{headers:[@11;],method:(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH),path:{type:(Exact|PathPrefix|RegularExpression),value:s},q' +
    'ueryParams:[@11;]}',
    '{matchLabels:*,matchExpressions:[{key!:s,operator!:(In|NotIn|Exists|DoesNotExist),values:[s]}]}',
    '{hostname:s,path:{replaceFullPath:s,replacePrefixMatch:s,type!:(ReplaceFullPath|ReplacePrefixMatch)},port:#1~65535;,scheme:(http|https),' +
    'statusCode:i}',
    '{networks:[{cidr!:s,except:[s]}],unauthenticated:b,meshTLS:{unauthenticatedTLS:b,identities:[s],serviceAccounts:[{name!:s,namespace:s}]}' +
    '}',
    '{add:[{name!:s,value!:s}],remove:[s],set:[{name!:s,value!:s}]}',
    '{backendRefs:[{name:s,port:i,namespace:s,filters:[@0;]}],filters:[@1;],matches:[@2;]}',
    '{group:s,kind:s,name!:s,namespace:s,port:#1~65535;,weight:#0~1000000;,filters:[@0;]}',
    '{group:s,kind:s,name!:s,namespace:s,port:#1~65535;,sectionName:s}',
    '{group:s,kind:s,name!:s,namespace:s,port:i,sectionName:s}',
    '{name!:s,type:(Exact|RegularExpression),value!:s}',
  ],
  kinds: {
    'policy.linkerd.io/v1alpha1/AuthorizationPolicy':
    '{targetRef!:{group:s,kind!:s,name!:s},requiredAuthenticationRefs!:[{group:s,kind!:s,name!:s,namespace:s}]}',
    'policy.linkerd.io/v1alpha1/EgressNetwork':
    '{trafficPolicy!:(Allow|Deny),networks:[{cidr!:s,except:[s]}]}',
    'policy.linkerd.io/v1alpha1/HTTPLocalRateLimitPolicy':
    '{targetRef!:{group:s,kind!:s,name!:s},total:{requestsPerSecond!:i},identity:{requestsPerSecond!:i},overrides:[{requestsPerSecond!:i,clie' +
    'ntRefs!:[{group:s,kind!:s,namespace:s,name!:s}]}]}',
    'policy.linkerd.io/v1alpha1/HTTPRoute':
    '{hostnames:[s],parentRefs:[@10;],rules:[@7;]}',
    'policy.linkerd.io/v1beta1/HTTPRoute':
    '{hostnames:[s],parentRefs:[@10;],rules:[@7;]}',
    'policy.linkerd.io/v1beta2/HTTPRoute':
    '{hostnames:[s],parentRefs:[@9;],rules:[{backendRefs:[@8;],filters:[@1;],matches:[@2;]}]}',
    'policy.linkerd.io/v1beta3/HTTPRoute':
    '{hostnames:[s],parentRefs:[@9;],rules:[{backendRefs:[@8;],filters:[@1;],matches:[@2;],timeouts:{backendRequest:s,request:s}}]}',
    'policy.linkerd.io/v1alpha1/MeshTLSAuthentication':
    '{identities:[s],identityRefs:[{group:s,kind!:s,name:s,namespace:s}]}',
    'policy.linkerd.io/v1alpha1/NetworkAuthentication':
    '{networks!:[{cidr!:s,except:[s]}]}',
    'policy.linkerd.io/v1alpha1/ServerAuthorization':
    '{server!:{name:s,selector:@3;},client!:@5;}',
    'policy.linkerd.io/v1beta1/ServerAuthorization':
    '{server!:{name:s,selector:@3;},client!:@5;}',
    'policy.linkerd.io/v1alpha1/Server':
    '{podSelector!:@3;,port!:*,proxyProtocol:s}',
    'policy.linkerd.io/v1beta1/Server':
    '{podSelector!:@3;,port!:*,proxyProtocol:s}',
    'policy.linkerd.io/v1beta2/Server':
    '{podSelector:@3;,externalWorkloadSelector:@3;,port!:*,proxyProtocol:s}',
    'policy.linkerd.io/v1beta3/Server':
    '{accessPolicy:s,podSelector:@3;,externalWorkloadSelector:@3;,port!:*,proxyProtocol:s}',
  },
};
