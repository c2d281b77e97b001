import { parse } from '@cdktn/hcl2json';
import * as fc from 'fast-check';
import { HclBody, HclEnvironmentVariable, HclTemplate, HclValue, HclWriter } from '../../../src/formats/hcl';
import { anyText } from '../../support/arbitraries';

const written = (key: string, value: HclValue, expandEnv = false) => {
  const body = new HclBody();
  body.attribute(key, value);
  return new HclWriter({ expandEnv }).write(body);
};

/** What Go's os.Expand makes of a text, as SPIRE calls it. */
const expand = (text: string, environment: { [name: string]: string }) =>
  text.replace(/\$(\$|\{([^}]*)\}|[A-Za-z_][A-Za-z0-9_]*|[*#@!?0-9-])/g, (_, name, braced) => name === '$' ? '$' : environment[braced ?? name] ?? '');

/**
 * HCL 2 reads what we write as HCL 1 does, but for templates, and but for text that Unicode writes in more than one way.
 */
const plainText = anyText.filter((text) => !/[$%]\{/.test(text) && text.normalize('NFC') === text && !text.includes('\ue123'));
const names = fc.stringMatching(/^[a-z_][a-z0-9_-]{0,6}$/).filter((name) => !['null', 'true', 'false', 'for', 'if'].includes(name));
const scalars = fc.oneof(plainText, fc.maxSafeInteger(), fc.boolean());
const values = fc.letrec<{ value: HclValue; object: HclValue }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalars, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.oneof(names, plainText), tie('value'), { maxKeys: 3, noNullPrototype: true }),
})).value;

describe('what is written is read back', () => {
  test('attributes of any shape', async () => {
    await fc.assert(fc.asyncProperty(fc.dictionary(names, values, { maxKeys: 4, noNullPrototype: true }), async (attributes) => {
      const body = new HclBody();
      body.attributes(attributes as any);
      expect(await parse('x.hcl', new HclWriter().write(body))).toEqual(attributes);
    }), { numRuns: 100 });
  });

  test('blocks in blocks, with and without label', async () => {
    await fc.assert(fc.asyncProperty(names, plainText, names, scalars, async (outer, label, inner, value) => {
      const body = new HclBody();
      const block = body.block(outer, label);
      block.block(inner).attribute('a', value);
      block.block(`${inner}2`);
      expect(await parse('x.hcl', new HclWriter().write(body))).toEqual({ [outer]: { [label]: [{ [inner]: [{ a: value }], [`${inner}2`]: [{}] }] } });
    }));
  });

  test('comments change nothing', async () => {
    await fc.assert(fc.asyncProperty(anyText, async (text) => {
      const body = new HclBody();
      body.comment(text);
      body.attribute('a', 1);
      expect(await parse('x.hcl', new HclWriter().write(body).replaceAll('\u0000', ''))).toEqual({ a: 1 });
    }));
  });

  test('text with dollars survives -expandEnv', async () => {
    const text = fc.oneof(plainText, fc.string({ unit: fc.constantFrom(...'$$a1_-"\\ ') }));
    await fc.assert(fc.asyncProperty(text, text, async (before, after) => {
      const mixed = written('a', [before, new HclTemplate([before, new HclEnvironmentVariable('DB_USER'), after])], true);
      expect(await parse('x.hcl', expand(mixed, { DB_USER: 'spire' }))).toEqual({ a: [before, `${before}spire${after}`] });
    }));
  });

  test('every text is written, or refused with a reason', () => {
    fc.assert(fc.property(fc.oneof(anyText, fc.string({ unit: fc.constantFrom('$', '${', '}', '{', '"', '\\', '\n', 'a', '\u007f', '\ud800') })), (text) => {
      try {
        const [line, end, ...rest] = written('a', text).split('\n');
        expect([end, rest]).toEqual(['', []]);
        expect(line).toMatch(/^a = ".*"$/s);
      } catch (error) {
        expect((error as Error).message).toMatch(/^text .*HCL cannot hold it, change the value or give it by a file$/s);
      }
    }), { numRuns: 300 });
  });
});

describe('the form', () => {
  test('a configuration', () => {
    const body = new HclBody();
    body.comment('two\nlines');
    const server = body.block('server');
    server.attributes({ trust_domain: 'example.org', bind_port: 8081, profiling_enabled: false, log_file: undefined, admin_ids: ['a', 'b'] });
    server.block('ratelimit');
    const plugin = body.block('plugins').block('NodeAttestor', 'k8s_psat').block('plugin_data');
    plugin.attribute('clusters', { prod: { service_account_allow_list: ['spire-system:spire-agent'] } });
    plugin.attribute('brokers', [{ id: 'a' }, {}]);
    expect(new HclWriter().write(body)).toBe(`# two
# lines
server {
  trust_domain = "example.org"
  bind_port = 8081
  profiling_enabled = false
  admin_ids = ["a", "b"]
  ratelimit {}
}
plugins {
  NodeAttestor "k8s_psat" {
    plugin_data {
      clusters = {
        prod = {
          service_account_allow_list = ["spire-system:spire-agent"]
        }
      }
      brokers = [
        {
          id = "a"
        },
        {},
      ]
    }
  }
}
`);
  });

  test.each<[string, string]>([
    ['say "hi"', '"say \\"hi\\""'],
    ['C:\\spire', '"C:\\\\spire"'],
    ['a\nb\tc\r', '"a\\nb\\tc\\r"'],
    ['\u0000\u007f', '"\\u0000\\u007f"'],
    ['${HOME}', '"${HOME}"'],
    ['$${x}', '"$${x}"'],
    ['$HOME', '"$HOME"'],
    ['é 😀', '"é 😀"'],
  ])('%j is written as %s', (text, expected) => {
    expect(written('a', text)).toBe(`a = ${expected}\n`);
  });

  test.each<[string, string]>([
    ['$HOME', '"$$HOME"'], ['${HOME}', '"$${HOME}"'], ['$$', '"$$$$"'], ['5$', '"5$$"'],
  ])('with -expandEnv %j is written as %s', (text, expected) => {
    expect(written('a', text, true)).toBe(`a = ${expected}\n`);
  });

  test('an environment variable stands in braces, as what follows may be a letter', () => {
    const connection = new HclTemplate(['password=', new HclEnvironmentVariable('DB_PASSWORD'), 'x']);
    expect(written('a', connection, true)).toBe('a = "password=${DB_PASSWORD}x"\n');
  });

  test('a key that is no name is quoted', () => {
    expect(written('o', { 'a.b/c': 1, 'a-b': 2 })).toBe('o = {\n  "a.b/c" = 1\n  a-b = 2\n}\n');
  });

  test('a comment cannot smuggle in a variable', () => {
    const body = new HclBody();
    body.comment('costs $5');
    expect(new HclWriter({ expandEnv: true }).write(body)).toBe('# costs $$5\n');
  });
});

describe('fails for', () => {
  test.each<[string, HclValue, string]>([
    ['a quote in an interpolation', '${a"b}', "has \"\\\"\" between '${' and '}': HCL cannot hold it"],
    ['a backslash in an interpolation', '${a\\b}', "between '${' and '}'"],
    ['a line break in an interpolation', '${a\nb}', "between '${' and '}'"],
    ['a control character in an interpolation', '${a\u007fb}', "between '${' and '}'"],
    ['an open interpolation', 'a${b', "has '${' without '}'"],
    ['an open inner interpolation', '${a{b}', "has '${' without '}'"],
    ['the second of two interpolations', '${a}${', "has '${' without '}'"],
    ['a character that the parser keeps for itself', 'a\ue123', 'has the character U+E123: HCL cannot hold it'],
    ['half a surrogate pair', 'a\ud800', 'has the character U+D800'],
    ['a fraction', 1.5, "number 1.5 is no integer: SPIRE's configuration has no fractions"],
    ['no number', NaN, 'number NaN is no integer'],
    ['a number that loses digits', 2 ** 53, 'is no integer'],
    ['an environment variable that nobody expands', new HclEnvironmentVariable('X'), "environment variable 'X' is used in a file that is read without -expandEnv"],
  ])('%s', (_, value, message) => {
    expect(() => written('a', value)).toThrow(message);
  });

  test('a block that is no name', () => {
    const body = new HclBody();
    body.block('a b');
    expect(() => new HclWriter().write(body)).toThrow("block 'a b' is no HCL name: use letters, digits, '_' and '-'");
  });

  test('a label that HCL cannot hold', () => {
    const body = new HclBody();
    body.block('a', '${');
    expect(() => new HclWriter().write(body)).toThrow("has '${' without '}'");
  });

  test.each(['', '1A', 'A-B', 'A B', 'A}', '$'])('the environment variable %j', (name) => {
    expect(() => new HclEnvironmentVariable(name)).toThrow(`environment variable name '${name}' is not valid`);
  });
});

test('a key that HCL would read as a boolean is quoted, and fails as a block', () => {
  expect(written('true', 1)).toBe('"true" = 1\n');
  expect(written('clusters', { false: { a: 1 } })).toContain('"false" = {');
  expect(() => new HclWriter().write((() => { const body = new HclBody(); body.block('true'); return body; })())).toThrow("block 'true' is no HCL name");
});
