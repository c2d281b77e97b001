import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import * as ts from 'typescript';
import * as library from '../src';
import { CLUSTER } from './support/synth';

// Without a compiler nobody says that a prop is missing: each public class does.

const classes = Object.entries<any>({ ...library, ...library.presets }).filter(([, value]) => typeof value === 'function' && /^class\b/.test(String(value)));
const makers: [string, (props: unknown) => unknown][] = classes.flatMap(([name, type]) => {
  const statics = Object.entries(Object.getOwnPropertyDescriptors(type)).filter(([key, { value }]) => typeof value === 'function' && !/^(_|prototype$)/.test(key));
  return [
    ...(type.prototype instanceof Construct && type.prototype instanceof App === false
      ? [[`new ${name}`, (props: unknown) => new type(new library.Platform(new App(), 'prod', { cluster: CLUSTER }), 'one', props)] as [string, (props: unknown) => unknown]]
      : []),
    ...statics.map(([key]) => [`${name}.${key}`, (props: unknown) => type[key](props)] as [string, (props: unknown) => unknown]),
  ];
});

function thrownBy(make: (props: unknown) => unknown, props: unknown): Error | undefined {
  try {
    make(props);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

const RAW = /Cannot (read|destructure|convert|use)|is not (a function|iterable)|Invalid value used/;

test.each(makers)('fails in words for %s with props that are none', (_, make) => {
  for (const props of [undefined, {}, 'text', 7, []]) {
    const error = thrownBy(make, props);
    expect(error instanceof TypeError ? error.message : '').toBe('');
    expect(error?.message ?? '').not.toMatch(RAW);
  }
});

// what needs props, as the sources declare it
const sources = join(__dirname, '..', 'src');
const files = (readdirSync(sources, { recursive: true }) as string[]).filter((path) => path.endsWith('.ts'))
  .map((path) => ts.createSourceFile(path, readFileSync(join(sources, path), 'utf8'), ts.ScriptTarget.ES2022, true));
const structs = new Map(files.flatMap((file) => file.statements).filter(ts.isInterfaceDeclaration).map((struct) => [struct.name.text, struct]));

function requiredOf(name: string): string[] {
  const struct = structs.get(name);
  const own = struct?.members.filter(ts.isPropertySignature).filter((member) => !member.questionToken).map((member) => member.name.getText()) ?? [];
  return [...struct?.heritageClauses?.flatMap(({ types }) => types.flatMap((type) => requiredOf(type.expression.getText()))) ?? [], ...own];
}

const needs = new Map(files.flatMap((file) => file.statements).filter(ts.isClassDeclaration).flatMap((type) => type.members.flatMap((member) => {
  if (!ts.isConstructorDeclaration(member) && !ts.isMethodDeclaration(member)) {
    return [];
  }
  const maker = ts.isConstructorDeclaration(member) ? `new ${type.name!.text}` : `${type.name!.text}.${member.name.getText()}`;
  const props = member.parameters[ts.isConstructorDeclaration(member) ? 2 : 0]?.type?.getText() ?? '';
  return /Props$|Options$/.test(props) ? [[maker, requiredOf(props)] as [string, string[]]] : [];
})));
const needy = makers.filter(([name]) => (needs.get(name) ?? []).length > 0);

test('most makers need something', () => {
  expect(needy.length).toBeGreaterThan(60);
});

test.each(needy)('fails for %s without what it needs, and names it', (name, make) => {
  expect(needs.get(name)).toContain(/has no (\w+)/.exec(thrownBy(make, {})?.message ?? '')?.[1]);
});
