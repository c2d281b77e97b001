// written by scripts/crd-fields.ts out of the CustomResourceDefinitions
import { Schemas } from './notation';

export const CILIUM: Schemas = {
  version: 'Cilium 1.20.2',
  parts: [
    '{matchExpressions:[{key!:s,operator!:(In|NotIn|Exists|DoesNotExist),values:[s]}],matchLabels:<s>}',
    '{listener:{envoyConfig!:{kind:(CiliumEnvoyConfig|CiliumClusterwideEnvoyConfig),name!:s},name!:s,priority:#1~100;},originatingTLS:@10;,po' +
    'rts:[@7;],rules:{dns:[{matchName:s,matchPattern:s}],http:[{headerMatches:[{mismatch:(LOG|ADD|DELETE|REPLACE),name!:s,secret:{name!:s,nam' +
    'espace:s},value:s}],headers:[s],host:s,method:s,path:s}]},serverNames:[s],terminatingTLS:@10;}',
    '{authentication:@11;,icmps:[{fields:[{family:(IPv4|IPv6),type!:*}]}],toCIDR:[s],toCIDRSet:[@8;],toEndpoints:[@0;],toEntities:[(all|world' +
    '|cluster|cluster-mesh|host|init|ingress|unmanaged|remote-node|health|none|kube-apiserver)],toFQDNs:[{matchName:s,matchPattern:s}],toGrou' +
    'ps:[@6;],toNodes:[@0;],toPorts:[@1;],toRequires:[s],toServices:[@9;]}',
    '{icmps:[{fields:[{family:(IPv4|IPv6),type!:*}]}],toCIDR:[s],toCIDRSet:[@8;],toEndpoints:[@0;],toEntities:[(all|world|cluster|cluster-mes' +
    'h|host|init|ingress|unmanaged|remote-node|health|none|kube-apiserver)],toGroups:[@6;],toNodes:[@0;],toPorts:[{ports:[@7;]}],toRequires:[' +
    's],toServices:[@9;]}',
    '{fromCIDR:[s],fromCIDRSet:[@8;],fromEndpoints:[@0;],fromEntities:[(all|world|cluster|cluster-mesh|host|init|ingress|unmanaged|remote-nod' +
    'e|health|none|kube-apiserver)],fromGroups:[@6;],fromNodes:[@0;],fromRequires:[s],icmps:[{fields:[{family:(IPv4|IPv6),type!:*}]}],toPorts' +
    ':[{ports:[@7;]}]}',
    '{authentication:@11;,fromCIDR:[s],fromCIDRSet:[@8;],fromEndpoints:[@0;],fromEntities:[(all|world|cluster|cluster-mesh|host|init|ingress|' +
    'unmanaged|remote-node|health|none|kube-apiserver)],fromGroups:[@6;],fromNodes:[@0;],fromRequires:[s],icmps:[{fields:[{family:(IPv4|IPv6)' +
    ',type!:*}]}],toPorts:[@1;]}',
    '{aws:{labels:<s>,region:s,securityGroupsIds:[s],securityGroupsNames:[s]}}',
    '{endPort:#0~65535;,port:s,protocol:(TCP|UDP|SCTP|VRRP|IGMP|GRE|IPIP|IPV6|ESP|AH|ANY)}',
    '{cidr:s,cidrGroupRef:s,cidrGroupSelector:@0;,except:[s]}',
    '{k8sService:{namespace:s,serviceName:s},k8sServiceSelector:{namespace:s,selector!:@0;}}',
    '{certificate:s,privateKey:s,secret!:{name!:s,namespace:s},trustedCA:s}',
    '{mode!:(disabled|required|test-always-fail)}',
  ],
  kinds: {
    'cilium.io/v2/CiliumNetworkPolicy':
    '{description:s,egress:[@2;],egressDeny:[@3;],enableDefaultDeny:{egress:b,ingress:b},endpointSelector:@0;,ingress:[@5;],ingressDeny:[@4;]' +
    ',labels:[{key!:s,source:s,value:s}],log:{value:s},nodeSelector:@0;}',
    'cilium.io/v2/CiliumClusterwideNetworkPolicy':
    '{description:s,egress:[@2;],egressDeny:[@3;],enableDefaultDeny:{egress:b,ingress:b},endpointSelector:@0;,ingress:[@5;],ingressDeny:[@4;]' +
    ',labels:[{key!:s,source:s,value:s}],log:{value:s},nodeSelector:@0;}',
  },
};
