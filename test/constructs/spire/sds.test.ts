import { EnvoyMesh, IstioMesh, Spire } from '../../../src';
import { synthPlatform } from '../../support/synth';

test('a SPIRE without a mesh needs no SDS', () => {
  expect(() => synthPlatform((platform) => new Spire(platform, 'spire', { agent: { disableSdsApi: true } }))).not.toThrow();
});

test.each([IstioMesh, EnvoyMesh])('fails for a mesh over agents without SDS: %p', (Mesh) => {
  expect(() => synthPlatform((platform) => {
    const spire = new Spire(platform, 'spire', { agent: { disableSdsApi: true } });
    new Mesh(platform, 'mesh', { spire });
  })).toThrow(/^mesh '.*mesh' gets its certificates by SDS, which disableSdsApi of the agents takes away: remove disableSdsApi$/);
});
