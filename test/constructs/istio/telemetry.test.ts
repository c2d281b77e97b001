import { Fixture } from './fixture';
import { IstioVersion, Telemetry, TelemetryProps } from '../../../src';

const define = (props: Partial<TelemetryProps>, fixture = new Fixture(), id = 'shop') =>
  new Telemetry(fixture.platform, id, { mesh: fixture.mesh, namespace: 'shop', ...props }).apiObject.toJson();

const FULL: Partial<TelemetryProps> = {
  accessLogFilter: 'response.code >= 400',
  samplingPercentage: 10,
  traceTags: { peer: '%DOWNSTREAM_PEER_URI_SAN%' },
  metricTags: { request_host: 'request.host' },
  removedMetricTags: ['request_protocol'],
};

test('changes log, traces and metrics in one object, and takes the providers of the mesh', () => {
  expect(define(FULL)).toMatchObject({ apiVersion: 'telemetry.istio.io/v1', kind: 'Telemetry', metadata: { name: 'shop', namespace: 'shop' } });
  expect(define(FULL).spec).toEqual({
    accessLogging: [{ filter: { expression: 'response.code >= 400' } }],
    tracing: [{ randomSamplingPercentage: 10, customTags: { peer: { formatter: { value: '%DOWNSTREAM_PEER_URI_SAN%' } } } }],
    metrics: [{ overrides: [{ tagOverrides: { request_host: { value: 'request.host' }, request_protocol: { operation: 'REMOVE' } } }] }],
  });
});

test('is for one workload', () => {
  const fixture = new Fixture();
  const workload = fixture.mesh.enroll(fixture.deployment('web'));
  expect(define({ workload, samplingPercentage: 100 }, fixture).spec).toEqual({
    selector: { matchLabels: { app: 'web' } }, tracing: [{ randomSamplingPercentage: 100 }],
  });
  expect(() => define({ workload, namespace: 'billing', samplingPercentage: 1 }, fixture, 'far')).toThrow("its workload in 'shop': put it in 'shop'");
});

test('fails for a second one of a namespace, which Istio would ignore', () => {
  const fixture = new Fixture();
  define(FULL, fixture);
  expect(() => define(FULL, fixture, 'again')).toThrow("'again' is a second Telemetry for namespace 'shop', beside 'shop'");
});

test.each<[string, Partial<TelemetryProps>, string]>([
  ['no setting', {}, "telemetry 'shop' changes nothing"],
  ['the root namespace', { ...FULL, namespace: 'istio-system' }, "is in the root namespace 'istio-system'"],
  ['a metric tag in the wrong language', { metricTags: { source: '%{SOURCE_PRINCIPAL}' } }, "has metric tag 'source' with value '%{SOURCE_PRINCIPAL}': it is a CEL expression"],
  ['a trace tag in the wrong language', { traceTags: { source: '%{SOURCE_PRINCIPAL}' } }, "telemetry 'shop', trace tag 'source' has the format"],
  ['a trace tag that Envoy does not have', { traceTags: { mtls: '%CONNECTION_MTLS%' } }, "use '%DOWNSTREAM_TLS_VERSION%'"],
  ['more than all requests', { samplingPercentage: 101 }, 'has samplingPercentage 101'],
])('fails for %s', (_, props, message) => {
  expect(() => define(props)).toThrow(message);
});

test('fails for trace tags in a release that has none', () => {
  expect(() => define({ traceTags: FULL.traceTags }, new Fixture({ version: IstioVersion.of('1.28.7') })))
    .toThrow('has traceTags, which Istio 1.28.7 does not have: use 1.29 or newer');
});
