import { found } from '../cases';

const INPUT = (sds: string, templates = 'sidecar,spire'): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: agent, namespace: spire}
data:
  agent.conf: |
    agent {
      trust_domain = "example.org"
      sds {
        ${sds}
      }
    }
    plugins { WorkloadAttestor "k8s" {} }
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, annotations: {inject.istio.io/templates: "${templates}"}}
spec: {containers: [{name: web, image: "web:1"}]}
`;

test.each([
  ['another certificate', 'default_svid_name = "main"', 'default_svid_name is "main", and proxies ask for "default"'],
  ['another bundle', 'default_bundle_name = "bundle"', 'default_bundle_name is "bundle", default_all_bundles_name is "ALL", and proxies ask for "ROOTCA"'],
])('fails with %s for proxies of Istio', (_, sds, message) => {
  expect(found('MESH-SDS-NAMES', INPUT(sds))).toEqual([message]);
});

test.each([
  ['the names of Istio', INPUT('default_svid_name = "default"\n        default_bundle_name = "ROOTCA"')],
  ['all bundles under its name', INPUT('default_bundle_name = "null"\n        default_all_bundles_name = "ROOTCA"')],
  ['agents of which some have the names of Istio', `${INPUT('default_svid_name = "main"')}---\n${INPUT('').slice(0, INPUT('').indexOf('---')).replace('name: agent', 'name: other')}`],
  ['proxies that do not ask SPIRE', INPUT('default_svid_name = "main"', 'sidecar')],
])('is right with %s', (_, text) => {
  expect(found('MESH-SDS-NAMES', text)).toEqual([]);
});
