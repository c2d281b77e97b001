import { withValue } from '../../../support/changed-object';
import { found } from '../../cases';

const RULE = 'MESH-DESTINATION-RULE-SHAPE';
const DESTINATION = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    host: '*.example.org',
    exportTo: ['.'],
    workloadSelector: { matchLabels: { app: 'web' } },
    trafficPolicy: {
      connectionPool: { http: { idleTimeout: '1m', http2KeepAlive: { interval: '5s', timeout: '1s' } }, tcp: { idleTimeout: '0s', connectTimeout: '1s', tcpKeepalive: { time: '1s', probes: 1 } } },
      outlierDetection: { interval: '1s', maxEjectionPercent: 100, splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 1 },
      loadBalancer: {
        consistentHash: { httpCookie: { name: 'a', ttl: '0s', attributes: [{ name: 'Secure' }] }, maglev: { tableSize: 101 } },
        localityLbSetting: { distribute: [{ from: 'eu/a/*', to: { 'eu/a/*': 80, 'us/*': 20 } }, { from: 'us', to: { us: 100 } }] },
        warmup: { duration: '10s', aggression: 1, minimumPercent: 10 },
      },
      portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'DISABLE' } }],
      tunnel: { protocol: 'CONNECT', targetHost: '192.0.2.1', targetPort: 443 },
      retryBudget: { percent: 20, budgetInterval: '10s' },
    },
    subsets: [{ name: 'v1', labels: { version: 'v1' }, trafficPolicy: { tls: { mode: 'DISABLE' } } }, { name: 'v2' }],
  },
};
const at = (path: string, value: unknown): string[] => found(RULE, withValue(DESTINATION, `spec.${path}`, value));

test('what Istio takes is taken', () => expect(found(RULE, JSON.stringify(DESTINATION))).toEqual([]));

test.each<[path: string, value: unknown, message: string]>([
  ['host', 'web:8080', '"web:8080" is no DNS name'],
  ['host', '', 'the name is empty'],
  ['exportTo', ['other'], 'exportTo is other: with a workloadSelector it is the own namespace only'],
  ['exportTo', ['.', 'other'], 'exportTo is ., other'],
  ['workloadSelector.matchLabels', { app: 'w*' }, 'label "app: w*" has a star'],
  ['workloadSelector.matchLabels', { '': 'w' }, 'a label of the selector has no name'],
  ['workloadSelector.matchLabels', { app: 'a'.repeat(64) }, 'the value of label app has 64 characters'],
  ['subsets.1.name', 'v1', 'subset name v1 is there twice'],
  ['subsets.1.name', '', 'the name of a subset is empty'],
  ['subsets.0.name', 'v_1', '"v_1" is no name of a subset'],
  ['subsets.0.labels', { 'a b': 'c' }, '"a b" is no key of a label'],
  ['subsets.0.trafficPolicy', {}, 'the trafficPolicy is empty'],
  ['trafficPolicy.proxyProtocol', { version: 'V2' }, 'tunnel and proxyProtocol exclude each other'],
  ['trafficPolicy.tunnel.protocol', 'GET', 'tunnel.protocol "GET" is not one of CONNECT, POST'],
  ['trafficPolicy.tunnel.targetHost', '*.a.b', '"*.a.b" is no DNS name'],
  ['trafficPolicy.tunnel.targetPort', 0, 'port 0 is not from 1 to 65535'],
  ['trafficPolicy.retryBudget.percent', 101, '101 is no percentage'],
  ['trafficPolicy.retryBudget.minRetryConcurrency', -1, '-1 is below 0'],
  ['trafficPolicy.retryBudget.budgetInterval', '10', '"10" is no duration'],
  ['trafficPolicy.outlierDetection.interval', '500us', '"500us" is less than 1ms'],
  ['trafficPolicy.outlierDetection.maxEjectionPercent', 101, '101 is no percentage'],
  ['trafficPolicy.outlierDetection.splitExternalLocalOriginErrors', false, 'consecutiveLocalOriginFailures without splitExternalLocalOriginErrors: true'],
  ['trafficPolicy.outlierDetection.consecutive5xxErrors', -1, '-1 is below 0'],
  ['trafficPolicy.connectionPool', {}, 'the connectionPool is empty'],
  ['trafficPolicy.connectionPool.http.maxRetries', -1, '-1 is below 0'],
  ['trafficPolicy.connectionPool.http', { h2UpgradePolicy: 'UPGRADE', useClientProtocol: true }, 'useClientProtocol and h2UpgradePolicy UPGRADE exclude each other'],
  ['trafficPolicy.connectionPool.http.http2KeepAlive.timeout', undefined, 'http2KeepAlive has no timeout'],
  ['trafficPolicy.connectionPool.http.idleTimeout', '0s', '"0s" is less than 1ms'],
  ['trafficPolicy.connectionPool.tcp.idleTimeout', '1', '"1" is no duration'],
  ['trafficPolicy.connectionPool.tcp.connectTimeout', '-1s', '"-1s" is less than 1ms'],
  ['trafficPolicy.loadBalancer.simple', 'RANDOM', 'simple and consistentHash exclude each other'],
  ['trafficPolicy.loadBalancer.zoneAwareLbSetting', { enabled: true }, 'localityLbSetting and zoneAwareLbSetting exclude each other'],
  ['trafficPolicy.loadBalancer.consistentHash.useSourceIp', true, 'httpCookie and useSourceIp exclude each other'],
  ['trafficPolicy.loadBalancer.consistentHash.ringHash', {}, 'ringHash and maglev exclude each other'],
  ['trafficPolicy.loadBalancer.consistentHash.minimumRingSize', 10, 'minimumRingSize and maglev exclude each other'],
  ['trafficPolicy.loadBalancer.consistentHash.maglev', {}, 'maglev has no tableSize'],
  ['trafficPolicy.loadBalancer.consistentHash.maglev.tableSize', 100, 'tableSize 100 is no prime number'],
  ['trafficPolicy.loadBalancer.consistentHash.maglev.tableSize', 5000011, 'tableSize 5000011 is no prime number below 5000011'],
  ['trafficPolicy.loadBalancer.consistentHash.httpCookie.name', '', 'the cookie has no name'],
  ['trafficPolicy.loadBalancer.consistentHash.httpCookie.ttl', 'long', '"long" is no duration'],
  ['trafficPolicy.loadBalancer.consistentHash.httpCookie.attributes', [{ name: 'a' }, { name: 'a' }], 'attribute name a is there twice'],
  ['trafficPolicy.loadBalancer.consistentHash.httpCookie.attributes.0.name', '', 'an attribute of the cookie has no name'],
  ['trafficPolicy.loadBalancer.warmup.duration', '0s', '"0s" is less than 1ms'],
  ['trafficPolicy.loadBalancer.warmup.minimumPercent', 101, 'minimumPercent 101 is none of 0 to 100'],
  ['trafficPolicy.loadBalancer.warmup.aggression', 0, 'aggression 0 is not above 0'],
  ['trafficPolicy.loadBalancer.localityLbSetting.failover', [{ from: 'a', to: 'b' }], 'distribute and failover exclude each other'],
  ['trafficPolicy.loadBalancer.localityLbSetting.distribute.0.to', { eu: 50 }, 'the weights are 50 in sum: 100 is wanted'],
  ['trafficPolicy.loadBalancer.localityLbSetting.distribute.0.to', { eu: 100, us: 0 }, 'weight 0 of us is none of 1 to 100'],
  ['trafficPolicy.loadBalancer.localityLbSetting.distribute.0.to', { 'eu/a': 50, 'eu/*': 50 }, 'locality "eu/a" overlaps with another'],
  ['trafficPolicy.loadBalancer.localityLbSetting.distribute.0.to', { 'eu/a/*': 50, 'eu/a/b': 50 }, 'locality "eu/a/b" overlaps with another'],
  ['trafficPolicy.loadBalancer.localityLbSetting.distribute.0.to', { 'a': 50, '*': 50 }, 'locality "a" overlaps with another'],
  ['trafficPolicy.loadBalancer.localityLbSetting.distribute.0.from', '*/a', 'locality "*/a" has a star that is not at its end'],
  ['trafficPolicy.loadBalancer.localityLbSetting.distribute.0.from', 'eu//a', 'locality "eu//a" has an empty part'],
  ['trafficPolicy.loadBalancer.localityLbSetting.distribute.0.from', 'us', 'locality "us" overlaps with another'],
  ['trafficPolicy.loadBalancer.localityLbSetting', { failover: [{ from: 'eu', to: 'eu' }] }, 'failover from "eu" to itself'],
  ['trafficPolicy.loadBalancer.localityLbSetting', { failover: [{ from: 'eu/a', to: 'us' }] }, 'only regions are taken, no zones'],
  ['trafficPolicy.loadBalancer.localityLbSetting', { failover: [{ from: '*', to: 'us' }] }, 'failover takes no stars'],
  ['trafficPolicy.loadBalancer.localityLbSetting', { failover: [{ from: 'a', to: 'b' }], failoverPriority: ['topology.kubernetes.io/zone'] }, 'failover and the label topology.kubernetes.io/zone exclude each other'],
  ['trafficPolicy.loadBalancer', { zoneAwareLbSetting: { failoverPriority: ['topology.kubernetes.io/zone'] } }, 'zoneAwareLbSetting knows regions and zones itself'],
  ['trafficPolicy.loadBalancer', { zoneAwareLbSetting: { minClusterSize: 0 } }, 'minClusterSize 0 is below 1'],
  ['trafficPolicy.portLevelSettings.0.port', undefined, 'the policy of a port has no port'],
  ['trafficPolicy.portLevelSettings.0.tls', undefined, 'the policy of a port is empty'],
  ['trafficPolicy.portLevelSettings.0.connectionPool', {}, 'the connectionPool is empty'],
])('fails %s = %j', (path, value, message) => expect(at(path, value)).toContainEqual(expect.stringContaining(message)));

test.each<[path: string, value: unknown]>([
  ['host', '${HOST}'],
  ['exportTo', ['shop']],
  ['trafficPolicy', '{{ toYaml .Values.policy }}'],
  ['trafficPolicy.tunnel.targetHost', '{{ .Values.host }}'],
  ['trafficPolicy.loadBalancer.localityLbSetting.distribute.0.to', { '${REGION}': 50 }],
  ['trafficPolicy.loadBalancer.localityLbSetting', { failover: [{ from: '${A}', to: '${A}' }] }],
  ['trafficPolicy.loadBalancer.consistentHash', { httpHeaderName: 'a', minimumRingSize: 10 }],
])('takes %s = %j', (path, value) => expect(at(path, value)).toEqual([]));

test.each([
  ['configmap://ca', 'credentialName configmap://ca is not of the form configmap://namespace/name'],
  ['configmap://other/ca', 'credentialName configmap://other/ca is of another namespace than the DestinationRule, which is in shop'],
])('fails the certificates of %s', (credentialName, message) => {
  expect(found('MESH-RULE-TLS', withValue(DESTINATION, 'spec.trafficPolicy.tls', { mode: 'SIMPLE', credentialName }))).toEqual([message]);
});

test('takes the certificates of a ConfigMap of its namespace', () => {
  expect(found('MESH-RULE-TLS', withValue(DESTINATION, 'spec.trafficPolicy.tls', { mode: 'SIMPLE', credentialName: 'configmap://shop/ca' }))).toEqual([]);
});
