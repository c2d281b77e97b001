import { IstioVersion } from '../../../src';
import { tracingProvider, tracingTelemetry } from '../../../src/constructs/istio/tracing';

test('the provider sends OTLP to the collector', () => {
  expect(tracingProvider({ serviceHost: 'otel.observability.svc.cluster.local' }))
    .toEqual({ name: 'otel-tracing', opentelemetry: { service: 'otel.observability.svc.cluster.local', port: 4317 } });
});

test.each(['otel', 'http://otel.example.com', 'otel.example.com:4317', 'Otel.example.com'])('fails for host %s', (serviceHost) => {
  expect(() => tracingProvider({ serviceHost })).toThrow(`tracing serviceHost '${serviceHost}' is no full DNS name`);
});

test('fails without a host', () => {
  expect(() => tracingProvider({ port: 4317 } as any)).toThrow('tracing has no serviceHost: give a text; given are port');
});

test('fails for a port that is none', () => {
  expect(() => tracingProvider({ serviceHost: 'otel.example.com', port: 0 })).toThrow('tracing: port 0 is no port');
});

test.each([-1, 101, NaN])('fails for a sampling of %s percent', (samplingPercentage) => {
  expect(() => tracingTelemetry({ serviceHost: 'otel.example.com', samplingPercentage }, IstioVersion.V1_30))
    .toThrow(`tracing samplingPercentage ${samplingPercentage} is no percentage`);
});
