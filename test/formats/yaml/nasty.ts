import * as fc from 'fast-check';

const WORDS = [
  '', '~', 'null', 'Null', 'NULL', 'nULL', 'y', 'Y', 'yes', 'Yes', 'YES', 'yEs', 'n', 'N', 'no', 'No', 'NO', 'true', 'True', 'TRUE', 'false', 'False',
  'FALSE', 'on', 'On', 'ON', 'off', 'Off', 'OFF', '<<', '=', '.', '..', '...', '-', '--', '---', '----', '--- a', '... a', '?', '? a', '?a', '- a', '-a',
  ':', '::', ': a', 'a:', 'a: b', 'a:b', 'a :b', ':a', '#', '#a', 'a#b', 'a #b', 'a\t#b', '%', '%a', '@', '@a', '`', '`a', '!', '!a', '!!str', '&', '&a', '*',
  '*a', '|', '|-', '>', '>-', '[', ']', '[]', '{', '}', '{}', '{{ a }}', ',', ',a', '"', '""', '"a"', "'", "''", "'a'", 'a"b', "a'b", 'a"b\'c', '\\', '\\n',
  'a \\n b', 'toString', '__proto__', 'constructor', 'hasOwnProperty',
];
const NUMBERS = [
  '0', '00', '01', '0755', '08', '0o7', '0b101', '0b', '0x1F', '0xg', '1_000', '_1', '1e3', '1E3', 'e3', 'E+3', 'e-3', 'e3a', '-e3', '+.e3', '1.', '.5', '-.5', '+1', '-1',
  '1.30', '1.2.3', '10.0.0.1', '10.0.0.0/8', '.inf', '-.inf', '+.INF', '.nan', '.NaN', 'nan', 'inf', '12:30', '12:30:45', '1:60', '-12:30.5', '190:20:30.15',
  '2001-12-14', '2001-1-1', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43.10 -5', '2001-12-14  21:59:43Z', '2001-12-14T', '100m', '5m', '1h30m', '1Gi', '0.5Gi',
  '9007199254740993', '-0', '1e400', '1,000',
];
const TEXTS = [
  'a\nb', 'a\nb\n', 'a\nb\n\n', '\na', '\n', '\n\n', ' a\nb', '  a\n b\n', 'a\n  b\n', 'a\n\n\nb', 'a \nb', 'a\n b ', 'a\n ', 'a\n\t', '\ta\nb', 'a\t\nb', '\n  a', '\n\n  a\n', ' \n', '\n ', ' \n ',
  'a\n---\nb', '---\na', '%a\nb', '...\n', 'a: b\n# c\n', '# a\nb', '- a\n- b', '"a"\nb', 'a\r\nb', 'a\rb', 'a\n \nb\n', 'a\n\n \n', 'server {\n  bind_port = "8081"\n}\n',
  'apiVersion: v1\nkind: List\nitems:\n  - a\n', 'a\u0000b', '\u0007', '\u001b[0m', '\u0085', 'a\u0085b\n', '\u00a0', '\u2028', 'a\u2029\nb', '\u2028--- a', 'a\u2029%b', '\u2028... a', '\ufeff', '\ufeffa', '\ufffe', '\u007f', '\ud800', '\udc00a',
  'a\ud83d', '😀', 'a😀\nb', 'ü', 'üb\nü\n', '\u200b', 'a'.repeat(200), `${'a'.repeat(100)} ${'b'.repeat(100)}`, `${'word '.repeat(60)}\nend`, `${'"\\'.repeat(50)}`, `${'a\n'.repeat(40)}`,
  `${'\t'.repeat(10)}`, `"${'\n'.repeat(50)}"\n `, `${'x \n'.repeat(15)} `, `a\u0001${'\n b'.repeat(20)}`, `\u0001${'a \n'.repeat(20)}`,
];

const PIECES = [...WORDS, ...NUMBERS, ...TEXTS, ' ', '  ', '\t', '\n', '\n\n', ': ', ' #', '- ', '\u0001', '\ud83d', '\ude00'];

/**
 * Strings that YAML makes hard.
 */
export const nastyString: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...WORDS, ...NUMBERS, ...TEXTS) },
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'-+.0123456789:_eExXoObB tTzZinfaN'), maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'ab :#-?"\'\\\n\t |>%'), maxLength: 30 }) },
);

const nastyNumber = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)));

const nastyScalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: nastyString },
  { weight: 2, arbitrary: nastyNumber },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constantFrom(null, undefined) },
);

function documents(scalar: fc.Arbitrary<unknown>, key: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const { map } = fc.letrec((tie) => ({
    map: fc.dictionary(key, tie('value'), { maxKeys: 6, noNullPrototype: true }),
    value: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      { weight: 5, arbitrary: scalar },
      { weight: 2, arbitrary: tie('map') },
      { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 5 }) },
    ),
  }));
  return map;
}

/**
 * What a manifest can hold: nasty strings, numbers and keys in maps and sequences of any shape.
 */
export const nastyDocument = documents(nastyScalar, nastyString.filter((key) => !key.includes('\n')));

const shared = { shared: ['a', {}] };
const list = ['b'];

/**
 * What only code can hold: shared references, class instances, keys of several lines and keys that are too long for one.
 */
export const exoticDocument = documents(
  fc.oneof(
    { weight: 8, arbitrary: nastyScalar },
    { weight: 1, arbitrary: fc.oneof(fc.bigInt(), fc.date({ noInvalidDate: true }), fc.constantFrom<unknown>(-0, NaN, Infinity, -Infinity)) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(shared, list, shared.shared, Object.create(null), new Map([['a', 1]]), new Set([1])) },
  ),
  fc.oneof({ weight: 20, arbitrary: nastyString }, { weight: 1, arbitrary: fc.integer({ min: 1000, max: 1040 }).map((length) => `${'k'.repeat(length)}:`) }),
);
