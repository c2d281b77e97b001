// Writes each program of README.md to a folder of its own: what a reader copies is judged as the examples are.
const { mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const folder = join(__dirname, '.readme');
rmSync(folder, { recursive: true, force: true });
const sections = readFileSync(join(__dirname, '..', 'README.md'), 'utf8').split(/^## /m).slice(1);
let count = 0;
for (const section of sections) {
  const title = section.split('\n', 1)[0];
  for (const [, code] of section.matchAll(/^```ts\n(.*?)^```$/gms)) {
    if (code.includes('app.synth()')) {
      const name = `readme-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, 'main.ts'), code, { flag: 'wx' });
      count++;
    }
  }
}
if (count === 0) {
  console.error('conformance: README.md has no program that calls app.synth(): its examples are not judged');
  process.exit(1);
}
