import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { isSpireMetric } from '../../../src/model/spire/metric-names';

const DATA = join(__dirname, '../../../../shared/data/metrics');

/** Observed on running programs of SPIRE 1.15.3. */
function observed(program: string): string[] {
  const lines = readFileSync(join(DATA, `spire-${program}.txt`), 'utf8').split('\n');
  return lines.map(line => line.split(' ')[0]).filter(name => name.startsWith(`spire_${program}_`));
}

(existsSync(DATA) ? test.each : test.skip.each)(['server', 'agent'] as const)('every metric that was seen on a %s is known', program => {
  const names = observed(program);
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter(name => !isSpireMetric(program, name.slice(`spire_${program}_`.length)))).toEqual([]);
});

test.each(['server_ca_sign_x509_svid', 'datastore_bundle_fetch_elapsed_time_count', 'uptime_in_ms', 'rateLimit_svid_v1_svid_new_jwtsvid'])('the server has %s', name => {
  expect(isSpireMetric('server', name)).toBe(true);
});

test.each(['ca_sign_x509_svid', 'datastore_errors', 'svid_rotations', 'agents', 'entry_count', 'agent_svid_rotate'])('fails to find %s at the server', name => {
  expect(isSpireMetric('server', name)).toBe(false);
});
