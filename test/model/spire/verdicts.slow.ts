import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { readAgentConfig } from '../../../src/model/spire/agent';
import { expandEnv } from '../../../src/model/spire/expand-env';
import { Problems } from '../../../src/model/spire/problems';
import { readServerConfig } from '../../../src/model/spire/server';

const DATA = join(__dirname, '../../../../shared/data/spire-verdicts');

/** The rows of the recorded runs that a reader of the file alone can agree with. */
function rows(): { file: string; environment?: Map<string, string>; refused: boolean; command: string }[] {
  const table = (name: string): string[][] => readFileSync(join(DATA, name), 'utf8').trim().split('\n').slice(1).map(line => line.split('\t'));
  const skipped = new Set(table('files.tsv').filter(([, , , fixed]) => fixed === 'no').map(([file]) => file));
  const notes = new Set(table('files.tsv').filter(([, outcome]) => outcome === 'note').map(([file]) => file));
  const verdicts = new Map<string, { file: string; environment?: Map<string, string>; refused: boolean; command: string }>();
  for (const [file, command, verdict] of table('verdicts.tsv')) {
    if (skipped.has(file) || (notes.has(file) && command.includes('validate'))) continue;
    // The process obeys run where there is one, so the later row wins.
    const key = `${file} ${command.replace(/ (validate|run)\b/, '')}`;
    if (verdicts.has(key) && command.includes(' validate')) continue;
    verdicts.set(key, { file, command, refused: verdict === 'refused', environment: command.includes('-expandEnv') ? variables(command) : undefined });
  }
  return [...verdicts.values()];
}

function variables(command: string): Map<string, string> {
  const match = /^(\w+)=(\$'(.*)'|'(.*)'|\S+) spire-/s.exec(command);
  if (!match) return new Map();
  return new Map([[match[1], match[3]?.replace(/\\n/g, '\n') ?? match[4] ?? match[2]]]);
}

function judge(file: string, environment?: Map<string, string>): Problems {
  const problems = new Problems();
  const text = readFileSync(join(DATA, file), 'utf8');
  const expanded = environment ? expandEnv(text, environment) : text;
  if (file.startsWith('server/')) readServerConfig(expanded, problems);
  else readAgentConfig(expanded, problems);
  return problems;
}

const present = existsSync(DATA);
(present ? describe : describe.skip)('recorded verdicts of SPIRE 1.15.3 (../shared/data/spire-verdicts, skipped where absent)', () => {
  const all = present ? rows() : [];

  test('there are verdicts', () => expect(all.length).toBeGreaterThan(500));

  test('no configuration that SPIRE takes is refused', () => {
    const wrong = all.filter(row => !row.refused).flatMap(row => judge(row.file, row.environment).list
      .filter(problem => problem.severity === 'refused').map(problem => `${row.file} [${row.command}]: ${problem.message}`));
    expect(wrong).toEqual([]);
  });

  test('every configuration that SPIRE refuses is refused', () => {
    const missed = all.filter(row => row.refused && !judge(row.file, row.environment).refused).map(row => `${row.file} [${row.command}]`);
    expect(missed).toEqual([]);
  });
});
