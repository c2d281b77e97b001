import { collect } from '../../model/collect';
import { Outcome } from '../engine';
import { Finding, Level } from '../finding';
import { reaches } from '../reaches';

export interface TextOptions {
  readonly colour: boolean;
  /** Findings below it are counted and not shown. */
  readonly level: Level;
  /** Gives a line of a file, to be shown. */
  readonly lineOf: (file: string, line: number) => string | undefined;
}

const COLOURS = { [Level.ERROR]: 31, [Level.WARNING]: 33, [Level.INFO]: 36 };

/** The outcome for people: grouped by object, with the line that is wrong. */
export function toText(outcome: Outcome, options: TextOptions): string {
  const paint = (code: number, text: string): string => (options.colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const groups = new Map<string, Finding[]>();
  for (const finding of outcome.findings.filter(item => reaches(item.level, options.level))) {
    const title = titleOf(finding);
    collect(groups, title, finding);
  }
  const lines: string[] = [];
  for (const [title, findings] of groups) {
    lines.push(paint(1, title));
    for (const finding of findings) {
      lines.push(`  ${paint(COLOURS[finding.level], finding.level)} ${finding.rule}: ${finding.message}`);
      const source = options.lineOf(finding.file, finding.line);
      if (source !== undefined) lines.push(`    ${finding.line} | ${source.trim().slice(0, 120)}`);
      lines.push(`    ${paint(32, 'fix')}: ${finding.fix}`);
    }
    lines.push('');
  }
  return `${[...lines, summary(outcome, options.level)].join('\n')}\n`;
}

function titleOf({ object, file }: Finding): string {
  const name = [object.namespace, object.name].filter(Boolean).join('/');
  return object.kind ? `${object.kind} ${name} (${file})` : file;
}

function summary({ findings, objects, unknown, skipped }: Outcome, level: Level): string {
  const count = (wanted: Level): number => findings.filter(finding => finding.level === wanted).length;
  const parts = [
    plural(count(Level.ERROR), 'error'), plural(count(Level.WARNING), 'warning'),
    `${plural(count(Level.INFO), 'note')}${level === Level.INFO || count(Level.INFO) === 0 ? '' : ' (--level info shows them)'}`,
  ];
  const rest = [plural(objects, 'object'), ...unknown > 0 ? [`${unknown} of no known kind`] : [], ...skipped > 0 ? [`${plural(skipped, 'finding')} skipped`] : []];
  return `${parts.join(', ')} in ${rest.join(', ')}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
