// written by scripts/crd-fields.ts out of the CustomResourceDefinitions
import { Schemas } from './notation';

export const SAIL_OPERATOR: Schemas = {
  version: 'Sail operator of August 2026',
  parts: [],
  kinds: {
    'sailoperator.io/v1/Istio':
    '{namespace:s,profile:(ambient|default|demo|empty|external|openshift|openshift-ambient|preview|remote|stable),updateStrategy:{inactiveRev' +
    'isionDeletionGracePeriodSeconds:#0~;,type:(InPlace|RevisionBased),updateWorkloads:b},values:*,version:*}',
    'sailoperator.io/v1/IstioCNI':
    '{namespace:s,profile:(ambient|default|demo|empty|external|openshift|openshift-ambient|preview|remote|stable),values:*,version:*}',
    'sailoperator.io/v1/ZTunnel':
    '{namespace:s,targetRef:{kind!:(Istio|IstioRevision),name!:s},values:*,version:*}',
    'sailoperator.io/v1alpha1/ZTunnel':
    '{namespace:s,profile:(ambient|default|demo|empty|external|openshift-ambient|openshift|preview|remote|stable),values:*,version:*}',
  },
};
