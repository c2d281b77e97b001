import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { page } = require('../../scripts/spire-configuration.js');

test('the page about the configuration is what the code says: run node scripts/spire-configuration.js', () => {
  expect(readFileSync(join(ROOT, 'docs', 'spire-configuration.md'), 'utf8')).toBe(page(ROOT));
});

test('the page has the keys of server, agent, metrics and plugins with their properties', () => {
  const text: string = page(ROOT);
  for (const row of ['`ca_ttl` | `caTtl`', '`availability_target` | `availabilityTarget`', '`Statsd` | `statsd`', '`key_tags` | `keyTags`',
    '`kube_config_file` | `kubeConfig`', '`cert_file_path` | `certificate`', 'Notifier `k8sbundle`']) {
    expect(text).toContain(row);
  }
});
