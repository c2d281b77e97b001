import { readFileSync, writeFileSync } from 'node:fs';
import { UsageError, parseCheckArguments } from './arguments';
import { FileReader, listFiles } from './files';
import { withoutBaseline, writeBaseline } from '../checks/baseline';
import { Engine, UNREADABLE } from '../checks/engine';

import { toJson } from '../checks/output/json';
import { toSarif } from '../checks/output/sarif';
import { toText } from '../checks/output/text';
import { reaches } from '../checks/reaches';
import { RULES } from '../checks/rules';

/** Where a command writes to. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether people look at the output, who may be shown colours, and at the errors, who may be shown progress. */
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
}

export const CHECK_HELP = `Usage: cdk8s-spiffe check PATH... [options]

Finds what is wrong in SPIFFE, SPIRE, Istio, Envoy and OPA manifests and configurations.
PATH is a file or a folder; - reads the standard input.

  --format text|json|sarif     how to tell (text)
  --level error|warning|info   exit with 1 from this level on (warning)
  --only RULE[,RULE...]        run these rules only
  --skip RULE[,RULE...]        leave these rules out
  --baseline FILE              tell only what is not in this file
  --write-baseline FILE        write what is found to this file, and exit with 0

Exit codes: 0 nothing found, 1 something found, 2 wrong usage or nothing could be read.
`;

const PROGRESS_EVERY = 500;

/** Runs `check`, returns the exit code. */
export function check(args: readonly string[], streams: Streams): number {
  const options = parseCheckArguments(args);
  const known = new Set(RULES.map(rule => rule.id));
  const wrong = [...options.only, ...options.skip].find(id => !known.has(id));
  if (wrong !== undefined) throw new UsageError(`there is no rule ${wrong}: see docs/rules.md`);
  const rules = RULES.filter(rule => (options.only.length === 0 || options.only.includes(rule.id)) && !options.skip.includes(rule.id));
  const engine = new Engine();
  const reader = new FileReader();
  readAll(listFiles(options.paths), reader, engine, streams);
  let outcome = engine.run(rules);
  // without the rule that tells of it, a broken file would pass for a good one
  if (outcome.unread > 0 && !rules.some(rule => rule.id === UNREADABLE)) {
    streams.err(`not read: ${outcome.unread}; rule ${UNREADABLE} says why\n`);
  }
  if (options.writeBaseline !== undefined) {
    writeFileSync(options.writeBaseline, writeBaseline(outcome.findings));
    streams.err(`${outcome.findings.length} findings written to ${options.writeBaseline}\n`);
    return 0;
  }
  if (options.baseline !== undefined) outcome = { ...outcome, findings: withoutBaseline(outcome.findings, readFileSync(options.baseline, 'utf8')) };
  if (options.format === 'json') streams.out(toJson(outcome));
  else if (options.format === 'sarif') streams.out(toSarif(outcome, rules));
  else streams.out(toText(outcome, { colour: streams.outIsTerminal, level: options.level, lineOf: (file, line) => reader.line(file, line) }));
  if (outcome.isUnreadable) throw new UsageError('nothing could be read');
  return outcome.findings.some(finding => reaches(finding.level, options.level)) ? 1 : 0;
}

function readAll(files: string[], reader: FileReader, engine: Engine, streams: Streams): void {
  let failed = 0;
  files.forEach((file, i) => {
    if (streams.errIsTerminal && i > 0 && i % PROGRESS_EVERY === 0) streams.err(`\rread ${i} of ${files.length} files`);
    try {
      engine.add(reader.read(file));
    } catch (error) {
      failed++;
      streams.err(`cannot read ${file}: ${(error as Error).message}\n`);
    }
  });
  if (streams.errIsTerminal && files.length > PROGRESS_EVERY) streams.err('\r\u001b[K');
  if (files.length === 0) throw new UsageError('there are no YAML, JSON, HCL or Rego files in these paths');
  if (failed === files.length) throw new UsageError('nothing could be read');
}
