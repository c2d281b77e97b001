import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { publicFiles, readHouse } from '../support/house';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const { page, rows } = require('../../scripts/helm-values.js');

const ROOT = join(__dirname, '..', '..');
const SRC = join(ROOT, 'src');
const table: [number, string, string][] = rows(ROOT).flatMap((section: any) => section.rows);

/**
 * The members of each public class and interface, those it inherits included.
 */
function publicMembers(): Map<string, Set<string>> {
  const members = new Map<string, Set<string>>();
  const parents = new Map<string, string[]>();
  for (const path of publicFiles(readHouse(SRC))) {
    const source = ts.createSourceFile(path, readFileSync(join(SRC, path), 'utf8'), ts.ScriptTarget.ES2022, true);
    source.forEachChild((node) => {
      if (!ts.isClassDeclaration(node) && !ts.isInterfaceDeclaration(node)) {
        return;
      }
      const own = node.members.filter((member) => member.name && !/\b(private|protected)\b/.test(member.getText().split('\n')[0]));
      members.set(node.name!.text, new Set(own.map((member) => member.name!.getText())));
      parents.set(node.name!.text, (node.heritageClauses ?? []).flatMap((clause) => clause.types.map((type) => type.expression.getText())));
    });
  }
  const all = (name: string): string[] => [...members.get(name) ?? [], ...(parents.get(name) ?? []).flatMap(all)];
  return new Map([...members.keys()].map((name) => [name, new Set(all(name))]));
}

const SHORT: { readonly [name: string]: string } = { server: 'SpireServerProps', agent: 'SpireAgentProps' };

/**
 * The names in a text that no public class, interface or member of one has.
 */
function unknownNames(text: string, members: Map<string, Set<string>>): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]).filter((name) => {
    const [owner, member] = name.split('.');
    const known = members.get(SHORT[owner] ?? owner);
    return !known || (member !== undefined && !known.has(member));
  });
}

test('all 125 capabilities of the chart are there, in order', () => {
  expect(table.map(([number]) => number)).toEqual(Array.from({ length: 125 }, (_, index) => index + 1));
});

test('each name of ours is in the public API', () => {
  const members = publicMembers();
  expect(table.flatMap(([number, , ours]) => unknownNames(ours, members).map((name) => `${number}: ${name}`))).toEqual([]);
});

test('each row names a property, a patch, or says why there is none', () => {
  expect(table.filter(([, , ours]) => !/`|^none: |^not offered/.test(ours)).map(([number]) => number)).toEqual([]);
});

test('fails for names that are gone', () => {
  const members = new Map([['KeyManager', new Set(['disk'])], ['SpireServerProps', new Set(['caTtl'])]]);
  expect(unknownNames('`KeyManager.disk`, `KeyManager.tape`, `server.caTtl`, `server.caTTL`, `Notifier`', members)).toEqual(['KeyManager.tape', 'server.caTTL', 'Notifier']);
});

test('the page is made of the data', () => {
  expect(readFileSync(join(ROOT, 'docs', 'helm-values.md'), 'utf8')).toBe(page(ROOT));
});
