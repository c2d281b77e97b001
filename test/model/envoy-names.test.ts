import { check } from '../checks/cases';

const CAMEL = `staticResources:
  clusters:
  - name: spire
    loadAssignment: {clusterName: spire, endpoints: [{lbEndpoints: [{endpoint: {address: {pipe: {path: /run/agent.sock}}}}]}]}
    typedExtensionProtocolOptions:
      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
        "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
        explicitHttpConfig: {http2ProtocolOptions: {}}
`;

const found = (text: string): string[] => check(text).filter(({ level }) => level === 'error').map(({ rule, line }) => `${rule}:${line}`);

test('field names as JSON has them', () => {
  expect(found(CAMEL)).toEqual([]);
});

test('fails for a wrong value below field names as JSON has them, on its line', () => {
  expect(found(CAMEL.replace('http2ProtocolOptions', 'httpProtocolOptions'))).toEqual(['ENVOY-SDS-HTTP2:3']);
  expect(found(`${CAMEL}  - name: remote\n    healthChecks:\n    - path: /a\n    loadAssignment: {}\n`)).toContain('ENVOY-HEALTH-CHECK:11');
});
