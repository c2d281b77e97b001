import { FileRef, PrometheusTls, SecretRef, SpiffeId, SpireVersion, SpireTelemetry } from '../../../../src';
import { writeTelemetryAndHealth } from '../../../../src/constructs/spire/config-text';
import { HclBody, HclWriter } from '../../../../src/formats/hcl';
import { serverPod } from '../plugins/pods';

const text = (telemetry: SpireTelemetry, version = SpireVersion.V1_15) => {
  const file = new HclBody();
  writeTelemetryAndHealth(file, telemetry, 8080, serverPod(version));
  return new HclWriter().write(file);
};
const certificate = { certificate: FileRef.text('x'), privateKey: FileRef.secret(SecretRef.of('p'), 'tls.key') };

test('only the named readers see the metrics', () => {
  expect(text({ prometheusTls: PrometheusTls.svid([SpiffeId.parse('spiffe://example.org/p')]) })).toContain(
    'tls {\n      use_spire_svid = true\n      authorized_spiffe_ids = ["spiffe://example.org/p"]\n    }');
});

test.each([
  ['SVIDs before 1.15.2', { prometheusTls: PrometheusTls.svid() }, 'PrometheusTls.svid needs SPIRE 1.15.2, this is 1.14.7'],
  ['certificates before 1.15', { prometheusTls: PrometheusTls.certificate(certificate) }, 'PrometheusTls.certificate needs SPIRE 1.15.0, this is 1.14.7'],
  ['TLS for nothing', { prometheus: false, prometheusTls: PrometheusTls.svid() }, 'prometheus is false, so prometheusPort and prometheusTls have no use'],
  ['an address without port', { statsd: ['statsd'] }, "collector 'statsd' is no address: write it as 'host:port'"],
  ['M3 without environment', { m3: [{ address: 'm3:9000', environment: '' }] }, 'environment of the M3 collector is empty'],
  ['a prefix that is no name', { metricPrefix: 'a-b' }, "metricPrefix 'a-b' cannot begin the name of a metric"],
])('fails for %s', (_, telemetry, message) => {
  expect(() => text(telemetry, SpireVersion.of('1.14.7'))).toThrow(message);
});
