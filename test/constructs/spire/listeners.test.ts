import { Spire, SpireAgentProps, SpireServerProps } from '../../../src';
import { synthPlatform } from '../../support/synth';

const spire = (server: SpireServerProps, agent: SpireAgentProps = {}) => synthPlatform((platform) => new Spire(platform, 'spire', { server, agent }));

test('what moves to a free port passes', () => {
  expect(() => spire({ healthPort: 8090, telemetry: { prometheusPort: 9090 }, profiling: { port: 6060 } }, { healthPort: 8081 })).not.toThrow();
});

test.each<[string, () => unknown]>([
  ['healthPort 8081 is taken by the API of the server: use a port other than 8081, 9443, 8082, 8083', () => spire({ healthPort: 8081 })],
  ['healthPort 9443 is taken by the webhook', () => spire({ healthPort: 9443 })],
  ['healthPort 8083 is taken by the health of the controller manager', () => spire({ healthPort: 8083 })],
  ['prometheusPort 8082 is taken by the metrics of the controller manager', () => spire({ telemetry: { prometheusPort: 8082 } })],
  ['the port of profiling 8080 is taken by healthPort', () => spire({ profiling: { port: 8080 } })],
  ['prometheusPort 9988 is taken by healthPort', () => spire({}, { healthPort: 9988 })],
])('fails for a port that is in use: %s', (message, define) => {
  expect(define).toThrow(message);
});
