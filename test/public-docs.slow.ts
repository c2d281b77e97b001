import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicFiles, readHouse } from './support/house';
import { docProblems } from './support/public-docs';

const SRC = join(__dirname, '..', 'src');

test('every public type and member says in a sentence what it is, and every optional prop what happens without it', () => {
  const files = publicFiles(readHouse(SRC));
  expect(files).toContain('identity/trust-domain.ts');
  expect(files.flatMap((path) => docProblems(path, readFileSync(join(SRC, path), 'utf8')))).toEqual([]);
});

describe('the guard', () => {
  const problems = (text: string) => docProblems('x.ts', text).map((problem) => problem.slice('x.ts: '.length));
  const struct = (prop: string) => `/** What it is. */\nexport interface Props {\n${prop}\n}`;

  test('a documented struct passes', () => {
    expect(problems(struct('/**\n * The port.\n *\n * @default - 8080\n */\nreadonly port?: number;'))).toEqual([]);
  });

  test.each([
    ['a class without documentation', 'export class Server {}', 'Server has no documentation'],
    ['a method without documentation', '/** A server. */\nexport class Server { public start(): void {} }', 'Server.start has no documentation'],
    ['an accessor without documentation', '/** A server. */\nexport class Server { public get port() { return 1; } }', 'Server.port has no documentation'],
    ['a constructor property without documentation', '/** A server. */\nexport class Server { constructor(public readonly port: number) {} }',
      'Server.port has no documentation'],
    ['an enum member without documentation', '/** A level. */\nexport enum Level { HIGH = "high" }', 'Level.HIGH has no documentation'],
    ['a summary without full stop', struct('/** The port */\nreadonly port: number;'), "Props.port has a first line that is no sentence: 'The port'"],
    ['a summary of two lines', struct('/**\n * The port. Of\n * the server.\n */\nreadonly port: number;'),
      "Props.port has a first line that is no sentence: 'The port. Of'"],
    ['text right after the summary', struct('/**\n * The port.\n * In TCP.\n */\nreadonly port: number;'), 'Props.port has no empty line after the first'],
    ['an optional prop without default', struct('/** The port. */\nreadonly port?: number;'),
      "Props.port is optional and has no '@default - what happens without it'"],
    ['a default that says nothing', struct('/**\n * The port.\n *\n * @default undefined\n */\nreadonly port?: number;'),
      "Props.port is optional and has no '@default - what happens without it'"],
    ['a prop that is a keyword', struct('/** The source. */\nreadonly from: string;'), 'Props.from is a keyword in Python or Java'],
    ['a parameter that is a keyword', '/** A. */\nexport class A {\n/** Does. */\npublic go(range: string) {}\n}',
      "A.go has parameter 'range', a keyword in Python, Java or Go"],
  ])('fails for %s', (_, text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  test.each([
    ['private members', '/** A. */\nexport class A { private x = 1; #y = 2; constructor() {} }'],
    ['internal members', '/** A. */\nexport class A {\n/**\n * @internal\n */\npublic _x(): void {}\n}'],
    ['what is not exported', 'class A { x = 1; }'],
    ['optional members of a behavioural interface', '/** A. */\nexport interface IA {\n/** The port. */\nreadonly port?: number;\n}'],
  ])('%s need none of it', (_, text) => {
    expect(problems(text)).toEqual([]);
  });
});
