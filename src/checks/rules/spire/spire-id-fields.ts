import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdFields: Rule = {
  id: 'SPIRE-ID-FIELDS',
  level: Level.ERROR,
  title: 'a SPIRE object has a field that its CRD does not know',
  why: 'the API server refuses it, or drops the field: an unknown key in a selector leaves a selector of everything',
  fix: 'correct the field',
  source: 'observed: kube-apiserver 1.37 with the CRDs of spire-controller-manager',
  check: (system, report) => {
    for (const [kind, fields] of Object.entries(FIELDS)) {
      for (const object of system.all(kind)) {
        if (object.group !== 'spire.spiffe.io') continue;
        for (const key of Object.keys(object.spec)) {
          if (!fields.includes(key)) report.at(object, ['spec', key], `${kind} has no field ${key}${HINTS[key] ?? ''}`);
        }
        for (const key of Object.keys(object.value)) {
          if (!['apiVersion', 'kind', 'metadata', 'spec', 'status'].includes(key)) report.at(object, [key], `${kind} has no field ${key} beside spec`, 'write it under spec');
        }
        for (const selector of ['namespaceSelector', 'podSelector']) {
          for (const key of Object.keys(asObject(object.spec[selector]))) {
            if (key === 'matchLabels' || key === 'matchExpressions') continue;
            report.at(object, ['spec', selector, key], `${selector} has no ${key}: where it is dropped, the selector takes everything`,
              key === 'matchNames' ? 'write matchLabels: {kubernetes.io/metadata.name: …}' : 'use matchLabels and matchExpressions');
          }
        }
      }
    }
  },
};

const ENTRY = ['federatesWith', 'hint', 'admin', 'downstream', 'className'];
const FIELDS: Record<string, string[]> = {
  ClusterSPIFFEID: [...ENTRY, 'spiffeIDTemplate', 'ttl', 'jwtTtl', 'dnsNameTemplates', 'workloadSelectorTemplates', 'namespaceSelector', 'podSelector',
    'autoPopulateDNSNames', 'fallback'],
  ClusterStaticEntry: [...ENTRY, 'spiffeID', 'parentID', 'selectors', 'x509SVIDTTL', 'jwtSVIDTTL', 'dnsNames', 'storeSVID'],
  ClusterFederatedTrustDomain: ['trustDomain', 'bundleEndpointURL', 'bundleEndpointProfile', 'trustDomainBundle', 'className'],
};
const HINTS: Record<string, string> = { jwtTTL: ': write jwtTtl', x509SVIDTTL: ': write ttl', ttl: ': write x509SVIDTTL', spiffeID: ': write spiffeIDTemplate' };
