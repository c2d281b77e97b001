import { changed, found } from '../cases';

const object = (kind: string, name: string, spec: string): string => `apiVersion: spire.spiffe.io/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec: {${spec}}\n---\n`;
const TEMPLATE = 'spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}"';
const id = (name: string, spec: string, template = TEMPLATE): string => object('ClusterSPIFFEID', name, `${template}, ${spec}`);
const APP = 'podSelector: {matchLabels: {app: web}}';
const entry = (spec = ''): string => object('ClusterStaticEntry', 'vm', `spiffeID: spiffe://a.test/db, parentID: spiffe://a.test/spire/agent/x509pop/1, selectors: ["unix:uid:1"]${spec}`);

describe('entries where nothing else is in the input', () => {
  test.each([
    ['SPIRE-STATIC-ENTRY', changed(entry(), ['parentID: spiffe://a.test', 'parentID: spiffe://b.test']), 'parentID "spiffe://b.test/spire/agent/x509pop/1" is not in the trust domain of spiffeID'],
    ['SPIRE-STATIC-ENTRY', changed(entry(), ['a.test/spire/agent/x509pop/1', 'a.test/db']), 'parentID is the spiffeID itself: no agent has it before it gets the entry'],
    ['FED-OWN-DOMAIN', entry(', federatesWith: [a.test]'), 'federatesWith has "a.test", the own trust domain'],
    ['FED-OWN-DOMAIN', id('web', 'federatesWith: [a.test]', 'spiffeIDTemplate: "spiffe://a.test/{{ .PodMeta.Name }}"'), 'federatesWith has "a.test", the own trust domain'],
    ['SPIRE-ID-DNS', entry(', dnsNames: ["https://db.a.test"]'), '"https://db.a.test" is no DNS name: it has a colon or a slash, as URLs and addresses have'],
    ['SPIRE-ID-DNS', id('web', `${APP}, dnsNameTemplates: ["web.a.test:8443"]`), '"web.a.test:8443" is no DNS name: it has a colon or a slash, as URLs and addresses have'],
    ['SPIRE-ID-TYPE', entry().replace('v1alpha1', 'v1beta1'), 'there is no ClusterStaticEntry in spire.spiffe.io/v1beta1'],
    ['SPIRE-ID-TYPE', id('web', APP).replace('spire.spiffe.io', 'spiffe.io'), 'there is no ClusterSPIFFEID in spiffe.io/v1alpha1'],
    ['SPIRE-REGISTRAR', 'apiVersion: spiffeid.spiffe.io/v1beta1\nkind: SpiffeID\nmetadata: {name: a}', 'a SpiffeID is for k8s-workload-registrar, which is gone'],
    ['SPIRE-ID-ADMIN', id('web', 'downstream: true'), 'downstream: true for every pod: each may have a CA of the trust domain'],
    ['SPIRE-ID-MASKED', id('web', `${APP}, ttl: 1h`) + id('shop', `${APP}, ttl: 2h`), 'its entries are those of web, which has another ttl'],
    ['SPIRE-ID-OVERLAP', id('web', APP) + id('shop', APP, 'spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/web"'), 'it selects the pods that have another ID from web'],
  ])('fails: %s', (rule, text, message) => {
    expect(found(rule, text)).toEqual([message]);
  });

  test.each([
    ['SPIRE-STATIC-ENTRY', 'a parent of the same trust domain', entry()],
    ['FED-OWN-DOMAIN', 'a partner', entry(', federatesWith: [b.test]')],
    ['SPIRE-ID-TYPE', 'the version there is', entry()],
    ['SPIRE-ID-ADMIN', 'downstream for selected pods', id('web', `${APP}, downstream: true`)],
    ['SPIRE-ID-MASKED', 'one name in two environments', id('web', `${APP}, ttl: 1h`) + id('web', `${APP}, ttl: 2h`)],
    ['SPIRE-ID-MASKED', 'other pods', id('web', `${APP}, ttl: 1h`) + id('shop', 'podSelector: {matchLabels: {app: shop}}, ttl: 2h')],
    ['SPIRE-ID-OVERLAP', 'a fallback', id('web', APP) + id('shop', `${APP}, fallback: true`, 'spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/web"')],
    ['SPIRE-ID-OVERLAP', 'the same with other spaces', id('web', APP) + id('shop', APP, TEMPLATE.replace(/ (\.\w+) /g, '$1'))],
    ['SPIRE-ID-OVERLAP', 'one for each container', id('web', `${APP}, workloadSelectorTemplates: ["k8s:container-name:web"]`)
      + id('log', `${APP}, workloadSelectorTemplates: ["k8s:container-name:log"]`, 'spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/log"')],
  ])('%s may have %s', (rule, _, text) => {
    expect(found(rule, text)).toEqual([]);
  });
});

test('fails with a template of parents that reads pods', () => {
  const manager = (template: string): string => `apiVersion: spire.spiffe.io/v1alpha1\nkind: ControllerManagerConfig\nclusterName: a\ntrustDomain: a.test\nparentIDTemplate: "spiffe://{{ .TrustDomain }}/${template}"\n`;
  expect(found('SPIRE-PARENT-ID', manager('node/{{ .NodeMeta.UID }}'))).toEqual([]);
  expect(found('SPIRE-PARENT-ID', manager('node/{{ .PodMeta.UID }}'))).toEqual([expect.stringMatching(/^\.PodMeta is not there for parents/)]);
});
