import { OutputChecks, Spire } from '../../../src';
import { CLUSTER, synthPlatform } from '../../support/synth';

const conf = (organization: string) => synthPlatform((platform) => new Spire(platform, 'spire', {
  server: { caSubject: { organization } },
}), CLUSTER, OutputChecks.STOP_AT_ERRORS).object('ConfigMap', 'spire-server').data['server.conf'];

test('a dollar that is meant as it is says so to the judges', () => {
  expect(conf('Costs $HOME').split('\n')[0]).toBe('# cdk8s-spiffe-skip: SPIRE-EXPAND-ENV=this file names no variable, a dollar is a dollar');
  expect(conf('Costs $HOME')).toContain('organization = ["Costs $HOME"]');
});

test('a file without a dollar has no such line', () => {
  expect(conf('Costs').split('\n')[0]).toBe('server {');
});
