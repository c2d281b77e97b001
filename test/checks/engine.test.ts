import { check, findingsOf, fixture, rulesIn, run } from './cases';
import { Level } from '../../src/checks/finding';
import { ManifestChecker } from '../../src/checks/manifest-checker';

const WRONG = 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: a}\nspec:\n  spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}"\n  ttl: 3600\n';

describe('a finding', () => {
  test('says where it is', () => {
    const [finding] = findingsOf('SPIRE-ID-TTL', `# first\n---\n${WRONG}`);
    expect(finding).toEqual({
      rule: 'SPIRE-ID-TTL',
      level: Level.ERROR,
      file: 'a.yaml',
      line: 8,
      message: expect.any(String),
      fix: expect.any(String),
      object: { apiVersion: 'spire.spiffe.io/v1alpha1', kind: 'ClusterSPIFFEID', namespace: '', name: 'a' },
    });
  });

  test('has the line of the file where a configuration stands in a ConfigMap', () => {
    const text = fixture('spire.yaml').replace('keys_path =', 'keys_pat =');
    const [finding] = check(text);
    expect(text.split('\n')[finding.line - 1]).toContain('keys_pat =');
  });

  test('is found in a List and in JSON', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n- ' + WRONG.trim().split('\n').join('\n  ');
    expect(check(list)).toContainEqual(expect.objectContaining({ rule: 'SPIRE-ID-TTL', line: 9 }));
    const json = JSON.stringify({ apiVersion: 'spire.spiffe.io/v1alpha1', kind: 'ClusterSPIFFEID', metadata: { name: 'a' }, spec: { ttl: 1 } }, null, 1);
    expect(check({ 'a.json': json })).toContainEqual(expect.objectContaining({ rule: 'SPIRE-ID-TTL', line: 8 }));
  });

  test('is told once, in the order of files and lines', () => {
    const findings = check({ 'b.yaml': WRONG, 'a.yaml': WRONG.replace('name: a', 'name: b') });
    const places = findings.map(({ file, line }) => `${file} ${String(line).padStart(3)}`);
    expect(places).toEqual([...places].sort().sort((left, right) => (left[0] < right[0] ? 1 : left[0] > right[0] ? -1 : 0)));
    expect(new Set(findings.map(finding => JSON.stringify(finding))).size).toBe(findings.length);
  });
});

describe('a skip', () => {
  const annotated = (reason: string): string => WRONG.replace('{name: a}', `{name: a, annotations: {checks.cdk8s-spiffe.dev/skip: "${reason}"}}`);

  test.each([['SPIRE-ID-TTL=our API server converts it'], ['OTHER=no; SPIRE-ID-TTL=our API server converts it']])('%s', value => {
    const outcome = run(annotated(value));
    expect(outcome.findings.map(({ rule }) => rule)).not.toContain('SPIRE-ID-TTL');
    expect(outcome.skipped).toBeGreaterThan(0);
  });

  test('is counted once for an object that several clusters share', () => {
    const cluster = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n';
    const of = (...folders: string[]): number => run({
      'a.yaml': annotated('SPIRE-ID-TTL=converted'), ...Object.fromEntries(folders.map(folder => [`${folder}/n.yaml`, cluster])),
    }).skipped;
    expect([of(), of('eu'), of('eu', 'us')]).toEqual([1, 1, 1]);
  });

  test.each(['SPIRE-ID-TTL', 'SPIRE-ID-TTL=', 'SPIRE-ID-TTL= ', 'SPIRE-ID=why', ''])('without a reason or for another rule: "%s"', value => {
    expect(rulesIn(annotated(value))).toContain('SPIRE-ID-TTL');
  });

  test('is a comment too, for its own document', () => {
    const skipped = `# cdk8s-spiffe-skip: SPIRE-ID-TTL=converted\n${WRONG}`;
    expect(rulesIn(skipped)).not.toContain('SPIRE-ID-TTL');
    expect(rulesIn(skipped.replaceAll('\n', '\r\n'))).not.toContain('SPIRE-ID-TTL');
    expect(rulesIn(WRONG.replaceAll('\n', '\r\n'))).toContain('SPIRE-ID-TTL');
    expect(check(`${skipped}---\n${WRONG}`)).toContainEqual(expect.objectContaining({ rule: 'SPIRE-ID-TTL', line: 14 }));
  });
});

describe('input', () => {
  test.each([
    ['no YAML', 'a: [1\nb: }{'],
    ['an unrendered chart', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n  {{- if .Values.a }}\n  labels: {{ toYaml . }}\n'],
    ['lists in lists without end', `${'- '.repeat(20000)}a\n`],
    ['keys in keys without end', `${'? '.repeat(20000)}a\n`],
    ['an alias bomb', `a: &a [1,1,1,1,1,1,1,1,1,1]\n${'bcdefghij'.split('').map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[i]}`).join(',')}]`).join('\n')}`],
    ['a binary', String.fromCharCode(...Array.from({ length: 300 }, (_, i) => i % 256))],
    ['two objects without a separator', 'apiVersion: v1\nkind: A\nmetadata: {name: a}\napiVersion: v1\nkind: B\n'],
    ['a tab', 'kind: A\n\tb: c'],
  ])('that is %s is told', (_, text) => {
    expect(check(text)).toEqual([expect.objectContaining({ rule: 'INPUT-UNREADABLE', level: Level.ERROR, file: 'a.yaml', line: expect.any(Number) })]);
  });

  test('that is something else is counted', () => {
    const outcome = run({
      'a.yaml': 'a: 1\n---\n- b\n---\njust text\n', 'run.sh': 'if [ a ]; then\n  b: [\n', 'a.json': '{"a": ', 'x.conf': 'listen 80;', 'empty.yaml': '',
    });
    expect(outcome.findings).toEqual([]);
    expect(outcome.unknown).toBe(5);
  });

  test('of unknown kinds is no finding', () => {
    expect(rulesIn('apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\nspec: {template: 1}\n')).toEqual([]);
  });

  test('after a broken document is read', () => {
    expect(rulesIn(`a: [1\n---\n${WRONG}`)).toEqual(expect.arrayContaining(['INPUT-UNREADABLE', 'SPIRE-ID-TTL']));
  });
});

describe('several clusters', () => {
  const text = fixture('spire.yaml');

  test('that hold the same objects are judged one by one', () => {
    expect(rulesIn({ 'east/spire.yaml': text, 'west/spire.yaml': text })).toEqual([]);
  });

  test('are told apart in findings', () => {
    const wrong = text.replace('keys_path =', 'keys_pat =');
    const findings = check({ 'east/spire.yaml': text, 'west/spire.yaml': wrong });
    expect([...new Set(findings.map(({ file }) => file))]).toEqual(['west/spire.yaml']);
  });
});

describe('ManifestChecker', () => {
  test('finds', () => {
    expect(new ManifestChecker().check([{ file: 'a.yaml', text: WRONG }]).map(({ rule }) => rule)).toContain('SPIRE-ID-TTL');
  });

  test('runs some rules', () => {
    expect(new ManifestChecker({ only: ['SPIRE-ID-TTL'] }).check([{ file: 'a.yaml', text: WRONG }])).toHaveLength(1);
    expect(new ManifestChecker({ only: ['SPIRE-ID-TTL'], skip: ['SPIRE-ID-TTL'] }).check([{ file: 'a.yaml', text: WRONG }])).toEqual([]);
  });

  test('knows its rules', () => {
    expect(() => new ManifestChecker({ skip: ['SPIRE-ID-TLL'] }).check([])).toThrow('there is no rule "SPIRE-ID-TLL"');
  });
});
