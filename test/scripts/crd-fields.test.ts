import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { schemaFile, schemaFiles } from '../../scripts/crd-fields';
import { describeWithSharedData, sharedData } from '../support/shared-data';

const SCHEMAS = join(__dirname, '..', '..', 'src', 'checks', 'schemas');
const textOf = (name: string): string => readFileSync(join(SCHEMAS, `${name}.ts`), 'utf8');

test('every table of fields is one that is written', () => {
  const written = readdirSync(SCHEMAS).filter(file => file.endsWith('.ts') && textOf(file.replace(/\.ts$/, '')).startsWith('// written by scripts/crd-fields.ts'));
  expect(schemaFiles().map(({ name }) => `${name}.ts`).sort()).toEqual(written.sort());
});

describeWithSharedData('the tables of fields', () => {
  const known = schemaFiles().filter(({ crds }) => existsSync(join(sharedData('crds'), crds)));

  for (const { name, crds } of known) {
    test(`of ${name} is what ${crds} says: run scripts/crd-fields.ts`, () => expect(textOf(name)).toBe(schemaFile(name, sharedData('crds'))));
  }

  test('most definitions are there', () => expect(known.length).toBeGreaterThanOrEqual(8));
});
