import { ApiObject } from 'cdk8s';
import { AccessEnforcer, AccessSource, Artifact, GitOpsApp, SpiffeId, TokenIssuer } from '../../../../src';
import { ciliumAllows } from '../../../support/policies/cilium-policy';
import { networkAllows, NetworkPod } from '../../../support/policies/network-policy';
import { EnvoyFixture } from '../../envoy/fixture';

const pod = (app: string, namespace = 'shop'): NetworkPod => ({ namespace, labels: { app } });
const ANYBODY = SpiffeId.parse('spiffe://example.org/vm/legacy');

describe.each([
  ['NetworkPolicy', AccessEnforcer.networkPolicy, networkAllows],
  ['CiliumNetworkPolicy', AccessEnforcer.cilium, ciliumAllows],
] as const)('%s in an EnvoyMesh', (kind, enforcer, allows) => {
  function shop() {
    const fixture = new EnvoyFixture(new GitOpsApp());
    const access = fixture.access({ enforcers: [AccessEnforcer.envoyRbac(), enforcer()] });
    const orders = fixture.sidecar('orders', { inbound: [{ port: 8443, applicationPort: 8080 }] });
    const upstream = (spiffeId: SpiffeId, port = 8443) => ({ name: 'called', localPort: 9001, host: 'called.example.net', port, spiffeId });
    const policies = () => fixture.platform.node.findAll().filter(ApiObject.isApiObject).map((one) => one.toJson())
      .filter((one) => one.kind === kind && one.metadata.namespace === 'shop');
    return { fixture, access, orders, upstream, policies };
  }

  test('callers reach the port of the proxy, and nobody any other', () => {
    const { fixture, access, orders, upstream, policies } = shop();
    const web = fixture.sidecar('web', { upstreams: [upstream(orders.identity.spiffeId)] });
    access.allow({ source: web, destination: orders.workload, port: 8443, methods: ['GET'] });
    const passes = (from: NetworkPod | undefined, to: NetworkPod | undefined, port: number) => allows(policies(), from, to, port);
    expect([passes(pod('web'), pod('orders'), 8443), passes(pod('web'), pod('orders'), 8080), passes(pod('idle'), pod('orders'), 8443)]).toEqual([true, false, false]);
    expect([passes(pod('orders'), pod('web'), 8443), passes(pod('orders'), undefined, 443), passes(undefined, pod('orders'), 8443)]).toEqual([false, false, false]);
    expect(JSON.stringify(policies())).not.toContain('istiod');
  });

  test('what sidecars say themselves holds in a closed namespace, whenever they are defined', () => {
    const { fixture, access, orders, upstream, policies } = shop();
    const early = fixture.sidecar('early', { inbound: [{ port: 9443, applicationPort: 8080, callers: [ANYBODY, orders.identity.spiffeId] }] });
    access.denyByDefault('shop');
    fixture.sidecar('late', {
      inbound: [{ port: 9443, applicationPort: 8080, callers: [orders.identity.spiffeId] }],
      upstreams: [upstream(early.identity.spiffeId, 9443), { ...upstream(ANYBODY, 7443), name: 'vm', localPort: 9002 }],
    });
    const passes = (from: NetworkPod | undefined, to: NetworkPod | undefined, port: number) => allows(policies(), from, to, port);
    expect([passes(undefined, pod('early'), 9443), passes(pod('late'), pod('early'), 9443), passes(pod('late'), undefined, 7443)]).toEqual([true, true, true]);
    expect([passes(undefined, pod('late'), 9443), passes(pod('early'), pod('late'), 9443), passes(pod('late'), undefined, 9443)]).toEqual([false, false, false]);
    // it is let in, and nothing lets it out
    expect(passes(pod('orders', 'elsewhere'), pod('late'), 9443)).toBe(false);
  });

  test('a namespace that nobody names stays open', () => {
    const { fixture, upstream, policies } = shop();
    fixture.sidecar('web', { upstreams: [upstream(ANYBODY)] });
    expect(policies()).toEqual([]);
  });

  test.each(['allow', 'audit', 'deny'] as const)('who verifies tokens reaches their keys: %s', (verb) => {
    const { fixture, access, orders, upstream, policies } = shop();
    const web = fixture.sidecar('web', { upstreams: [upstream(orders.identity.spiffeId)] });
    const issuer = TokenIssuer.of({ issuer: 'https://login.example.com', jwksUri: 'https://keys.example.com:8443/keys', audiences: ['shop'] });
    access[verb]({ source: AccessSource.token({ issuer, through: web }), destination: orders.workload, port: 8443 });
    const { egress } = policies().find(({ metadata }) => metadata.name === 'orders')!.spec;
    const keys = kind === 'NetworkPolicy' ? /"ports":\[\{"port":8443,"protocol":"TCP"\}\]/ : /"toFQDNs":\[\{"matchName":"keys.example.com"\}\]/;
    expect(JSON.stringify(egress)).toMatch(keys);
  });

  test('metrics are read where the sidecar shows them', () => {
    const { fixture, access, orders, policies } = shop();
    access.allowMetrics({ workload: orders.workload, readerNamespace: 'monitoring' });
    const passes = (port: number) => allows(policies(), pod('prometheus', 'monitoring'), pod('orders'), port);
    expect([passes(15021), passes(15020), passes(15000)]).toEqual([true, false, false]);
    const report = fixture.platform.node.findAll().filter(Artifact.isArtifact).find(({ fileName }) => fileName === 'ACCESS.md')!.render();
    expect(report).toContain('| pods of monitoring | shop/orders | 15021 |');
  });
});
