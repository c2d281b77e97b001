import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { main } from '../../src/cli/main';

const WRONG = 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: a}\nspec:\n  ttl: 3600\n';
const RIGHT = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, namespace: b}\n';
const NOTE = 'apiVersion: networking.istio.io/v1beta1\nkind: Sidecar\nmetadata: {name: a, namespace: b}\nspec: {egress: [{hosts: ["./*"]}]}\n';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function run(...args: string[]): { code: number; out: string; err: string } {
  return runOn(false, args);
}

function runOn(terminal: boolean, args: string[]): { code: number; out: string; err: string } {
  let [out, err] = ['', ''];
  const code = main(args, {
    out: text => {
      out += text;
    },
    err: text => {
      err += text;
    },
    outIsTerminal: terminal,
    errIsTerminal: terminal,
  });
  return { code, out, err };
}

describe('exit codes', () => {
  test('0 where nothing is found', () => {
    expect(run('check', file('a.yaml', RIGHT))).toEqual({ code: 0, out: expect.stringContaining('0 errors, 0 warnings'), err: '' });
  });

  test('1 where something is found', () => expect(run('check', file('a.yaml', WRONG)).code).toBe(1));

  test('0 for notes, unless they are asked for', () => {
    const path = file('a.yaml', NOTE);
    expect(run('check', path).code).toBe(0);
    expect(run('check', path, '--level', 'info').code).toBe(1);
  });

  test.each([[[]], [['check']], [['check', '/no/such/path']], [['chek', '.']], [['check', '.', '--format', 'xml']], [['check', '.', '--only', 'NO-SUCH-RULE']], [['check', '.', '--colour']]])('2 for %j', args => {
    const { code, err, out } = run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toMatch(/ at .*\.ts/);
    expect(err.trim()).not.toBe('');
  });

  test('2 for a path that is not there, with what may be named', () => {
    expect(run('check', '/no/such/path').err).toContain("'/no/such/path' is not there: name files or folders, or - for the standard input");
  });

  test('2 for a file that cannot be read, whatever the rules', () => {
    const broken = file('broken.yaml', 'a: [1');
    expect(run('check', broken, '--only', 'SPIRE-ID').code).toBe(2);
    const both = run('check', file('a.yaml', RIGHT), broken, '--only', 'SPIRE-ID');
    expect([both.code, both.err]).toEqual([0, 'not read: 1; rule INPUT-UNREADABLE says why\n']);
  });
  test.each([['broken.yaml', 'a: [1', 1], ['broken.json', '{"a": [1,2', 0], ['deep.json', '['.repeat(100_000), 0]])('2 when %s is all there is', (name, text, findings) => {
    const { code, out, err } = run('check', file(name, text), '--format', 'json');
    expect([code, JSON.parse(out).findings.length, err]).toEqual([2, findings, 'nothing could be read\n']);
  });
  test('1 when a file is broken beside one that is not', () => {
    expect(run('check', file('a.yaml', RIGHT), file('broken.yaml', 'a: [1')).code).toBe(1);
  });
  test('2 for a folder without manifests', () => expect(run('check', folder).code).toBe(2));

  test('2 for a baseline that is none', () => {
    expect(run('check', file('a.yaml', RIGHT), '--baseline', file('b.json', 'no')).code).toBe(2);
  });
});

describe('formats', () => {
  test('json', () => {
    const path = file('a.yaml', WRONG);
    const { findings } = JSON.parse(run('check', path, '--format', 'json').out);
    expect(findings).toContainEqual({
      rule: 'SPIRE-ID-TTL',
      level: 'error',
      message: 'ttl 3600 is no text',
      fix: expect.any(String),
      file: path,
      line: 5,
      object: { apiVersion: 'spire.spiffe.io/v1alpha1', kind: 'ClusterSPIFFEID', namespace: '', name: 'a' },
    });
  });

  test('sarif', () => {
    const sarif = JSON.parse(run('check', file('a.yaml', WRONG), '--format', 'sarif').out);
    expect(sarif.version).toBe('2.1.0');
    const [{ tool, results }] = sarif.runs;
    const result = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'SPIRE-ID-TTL');
    expect(result).toMatchObject({ level: 'error', locations: [{ physicalLocation: { region: { startLine: 5 } } }] });
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toContain('SPIRE-ID-TTL');
  });

  test('text shows the line and how to correct it', () => {
    const { out } = run('check', file('a.yaml', WRONG));
    expect(out).toContain('ClusterSPIFFEID a');
    expect(out).toContain('error SPIRE-ID-TTL: ttl 3600 is no text');
    expect(out).toContain('5 | ttl: 3600');
    expect(out).toContain('fix: ');
    expect(out).not.toContain('\u001b');
  });

  test('text has colours on a terminal', () => expect(runOn(true, ['check', file('a.yaml', WRONG)]).out).toContain('\u001b['));
});

describe('options', () => {
  test('--only', () => {
    const { findings } = JSON.parse(run('check', file('a.yaml', WRONG), '--only', 'SPIRE-ID-TTL', '--format=json').out);
    expect(findings.map(({ rule }: { rule: string }) => rule)).toEqual(['SPIRE-ID-TTL']);
  });

  test('--skip', () => expect(run('check', file('a.yaml', WRONG), '--skip', 'SPIRE-ID-TTL').out).not.toContain('SPIRE-ID-TTL'));

  test('a baseline hides what was there, also on other lines, and nothing else', () => {
    const baseline = join(folder, 'baseline.json');
    const path = file('a.yaml', WRONG);
    expect(run('check', path, '--write-baseline', baseline).code).toBe(0);
    expect(run('check', path, '--baseline', baseline).code).toBe(0);
    file('a.yaml', `# moved\n\n${WRONG}`);
    expect(run('check', path, '--baseline', baseline).code).toBe(0);
    file('a.yaml', `${WRONG}---\n${WRONG.replace('name: a', 'name: b')}`);
    expect(run('check', path, '--baseline', baseline).code).toBe(1);
  });

  test('folders are searched', () => {
    file('a/b/wrong.yml', WRONG);
    file('a/readme.md', '# text');
    expect(run('check', folder).code).toBe(1);
  });

  test('progress is shown on a terminal only', () => {
    for (let i = 0; i < 600; i++) file(`${i}.yaml`, RIGHT);
    expect(run('check', folder).err).toBe('');
    expect(runOn(true, ['check', folder]).err).toContain('read 500 of 600 files');
  });

  test.each([[['help']], [['--help']], [['check', '--help']], [['help', 'check']]])('%j', args => {
    expect(run(...args)).toEqual({ code: 0, out: expect.stringContaining('check PATH...'), err: '' });
  });
});
