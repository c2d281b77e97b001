import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { madeObjects, ObjectInFile } from './made-objects';
import { OutputChecks } from './output-checks';
import { RenderedFile } from './rendered-file';
import { SynthesisChecks } from './synthesis-checks';
import { Finding, Level } from '../checks';
import type { Judged, MadeCluster } from '../checks/made-objects';

// more than these are no longer read
const MOST_ERRORS = 20;

/**
 * Asks the judges about output before it is written.
 */
export class OutputJudge {
  private readonly findings: Finding[] = [];
  private noteCount = 0;
  private skippedCount = 0;

  public constructor(private readonly checks: OutputChecks) {}

  /**
   * Whether there is anything to ask.
   */
  public get isAsked(): boolean {
    return this.checks !== OutputChecks.OFF;
  }

  /**
   * What was found, if anybody looked.
   */
  public get result(): SynthesisChecks | undefined {
    return this.isAsked ? { findings: this.findings, noteCount: this.noteCount, skippedCount: this.skippedCount } : undefined;
  }

  /**
   * Checks what belongs together.
   *
   * Throws when there is an error that is not accepted.
   *
   * @param plain files that are in no platform: they belong to each cluster
   * @param clusters the files of each cluster
   */
  public check(plain: RenderedFile[], clusters: RenderedFile[][]): void {
    const [shared, ...own] = [plain, ...clusters].map((files) => ({ objects: files.flatMap(madeObjects), texts: files.flatMap(texts) }));
    const judged = distinct(this.judge(own.length > 0
      ? own.map(({ objects, texts: artifacts }) => ({ objects: [...shared.objects, ...objects], texts: artifacts }))
      : apart(shared.objects).map((objects) => ({ objects, texts: [] }))));
    const errors = judged.filter(({ finding }) => finding.level === Level.ERROR);
    if (errors.length > 0 && this.checks === OutputChecks.STOP_AT_ERRORS) {
      throw new Error(messageOf(errors));
    }
    this.findings.push(...judged.map(({ finding }) => finding));
  }

  private judge(clusters: MadeCluster[]): Judged[] {
    // Loaded when it is needed: the rules cost more time than everything else here.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { judgeMadeObjects } = require('../checks/made-objects') as typeof import('../checks/made-objects');
    const { judged, skipped, notes } = judgeMadeObjects(clusters);
    this.noteCount += notes;
    this.skippedCount += distinct(skipped).length;
    return judged;
  }
}

function texts({ path, purpose, text }: RenderedFile): { readonly file: string; readonly text: string }[] {
  return purpose !== undefined && /\.(ya?ml|rego)$/.test(path) ? [{ file: path, text }] : [];
}

// charts that define the same object cannot be meant for one cluster
function apart(objects: ObjectInFile[]): ObjectInFile[][] {
  const owners = new Map<string, Chart>();
  const isRepeated = ({ value, construct }: ObjectInFile) => {
    const key = `${value.apiVersion}/${value.kind}/${value.metadata?.namespace}/${value.metadata?.name}`;
    const [owner, chart] = [owners.get(key), outermost(construct)];
    owners.set(key, chart);
    return owner !== undefined && owner !== chart;
  };
  if (!objects.some(isRepeated)) {
    return objects.length > 0 ? [objects] : [];
  }
  const charts = new Map<Chart, ObjectInFile[]>();
  for (const object of objects) {
    const chart = outermost(object.construct);
    charts.set(chart, charts.get(chart) ?? []);
    charts.get(chart)!.push(object);
  }
  return [...charts.values()];
}

function outermost(construct: IConstruct): Chart {
  return construct.node.scopes.find(Chart.isChart)!;
}

function distinct(judged: Judged[]): Judged[] {
  const seen = new Set<string>();
  return judged.filter(({ finding: { rule, file, line, message } }) => {
    const key = JSON.stringify([rule, file, line, message]);
    return !seen.has(key) && seen.add(key);
  });
}

function messageOf(errors: Judged[]): string {
  const more = errors.length - MOST_ERRORS;
  return [
    `the checks find ${errors.length} ${errors.length === 1 ? 'error' : 'errors'} in what would be written:`,
    ...errors.slice(0, MOST_ERRORS).flatMap(({ finding, source, object }) => {
      const { kind, namespace, name } = finding.object;
      const place = kind ? [kind, [namespace, name].filter(Boolean).join('/')].filter(Boolean).join(' ') : finding.file;
      const construct = object instanceof ObjectInFile ? object.construct : undefined;
      return [
        '',
        `  ${finding.rule}: ${finding.message}`,
        `    at:  ${source}`,
        `    in:  ${place}${construct ? ` of construct '${construct.node.path}'` : ''}, ${finding.file}:${finding.line}`,
        `    fix: ${finding.fix}`,
      ];
    }),
    ...more > 0 ? ['', `  and ${more} more`] : [],
    '',
    'to accept one, put the annotation `checks.cdk8s-spiffe.dev/skip: RULE=reason` on its object; to write all the same, set `checks: OutputChecks.REPORT`',
  ].join('\n');
}
