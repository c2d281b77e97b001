import { availableParallelism } from 'node:os';
import { AccessTime } from './access-time';
import { CheckMemory } from './check-memory';
import { CheckTime } from './check-time';
import { HostileMeasurement } from './hostile-one';
import { Result } from './results';
import { StartTime } from './start-time';

export interface Measured {
  readonly results: Result[];
  readonly start: StartTime;
  readonly checks: CheckTime[];
  /** By what the manifests are, from few to many. */
  readonly memory: Readonly<Record<MeasuredManifests, readonly CheckMemory[]>>;
  readonly access: AccessTime[];
  readonly hostile: HostileMeasurement[];
}

/** What is checked: the objects of services, most of them short, and Deployments of 115 lines. */
type MeasuredManifests = 'services' | 'deployments';

export interface Page extends Measured {
  readonly helmMilliseconds?: number;
  readonly rounds: number;
}

/**
 * The page of results, in Markdown.
 */
export function page({ helmMilliseconds, rounds, ...measured }: Page): string {
  const { results, start } = measured;
  return [
    '# How fast a synthesis is',
    '',
    'Written by `npm run bench`. Both writers write the same app, and the run fails when their manifests differ in one byte.',
    `Medians of ${rounds} rounds (of one round of cdk8s where that takes half a minute), cdk8s and \`GitOpsApp\` in turn, each in a process of its own, on Node ${process.versions.node} with`
    + ` ${availableParallelism()} cores. The time is the processor time of \`app.synth()\`, which other programs disturb least, with files in memory where the system has such a folder;`
    + ' that of clusters includes the definition of their constructs, since a fleet defines them while it is written. Machines differ: read ratios.'
    + ' cdk8s checks nothing, so `GitOpsApp` is compared with `checks: OutputChecks.OFF`; the column with checks is what it takes by default.',
    '',
    '![Time per object of cdk8s and GitOpsApp](images/performance.svg)',
    '',
    '| app | cdk8s `App` | `GitOpsApp` | times faster | with checks | per object | peak memory, cdk8s | peak memory, `GitOpsApp` |',
    '|---|---:|---:|---:|---:|---:|---:|---:|',
    ...results.map(({ title, objects, ours, checked, cdk8s }) => `| ${[
      title, cdk8s ? time(cdk8s.milliseconds) : 'not run', time(ours.milliseconds), cdk8s ? `${ratio(cdk8s.milliseconds, ours.milliseconds)}×` : '',
      time(checked.milliseconds), `${Math.round(ours.milliseconds / objects * 1000)} µs`, cdk8s ? `${Math.round(cdk8s.peakMegabytes)} MB` : '', `${Math.round(ours.peakMegabytes)} MB`,
    ].join(' | ')} |`),
    '',
    '## What is promised',
    '',
    '| promise | measured | kept |',
    '|---|---:|---|',
    ...promises(measured).map(({ promise, measured: ratioOf, kept }) => `| ${promise} | ${ratioOf} | ${kept ? 'yes' : 'no'} |`),
    '',
    memoryOfMore(measured.memory.services),
    '',
    '## A whole process',
    '',
    '| command | time |',
    '|---|---:|',
    ...wholeProcess(results, helmMilliseconds),
    '',
    `The first \`require('cdk8s-spiffe')\` takes ${time(start.first.milliseconds)} and loads ${modules(start.first.modules)} of its own; each class is loaded when it is`
    + ` first used. A program that uses every export pays ${time(start.everything.milliseconds)} for ${modules(start.everything.modules)}.`,
    '',
  ].join('\n');
}

interface KeptPromise {
  readonly promise: string;
  readonly measured: string;
  readonly kept: boolean;
}

/**
 * Each promise whose apps were measured.
 */
export function promises({ results, start, checks, memory, access, hostile }: Measured): KeptPromise[] {
  const of = (name: string) => results.find((result) => result.name === name);
  const faster = (name: string, promise: string, atLeast: number, writer: 'ours' | 'checked' = 'ours') => {
    const result = of(name);
    const measured = result?.cdk8s && ratio(result.cdk8s.milliseconds, result[writer].milliseconds);
    return measured === undefined ? [] : [{ promise, measured: `${measured}×`, kept: measured >= atLeast }];
  };
  const atMost = (few: string, many: string, promise: string, pick: (result: Result) => number, most: number) => {
    const [first, second] = [of(few), of(many)];
    const measured = first && second && ratio(pick(second), pick(first));
    return measured === undefined ? [] : [{ promise, measured: `${measured}×`, kept: measured <= most }];
  };
  return [
    ...faster('one-chart-5000', '5,000 objects in one chart: at least 5 times as fast as cdk8s', 5),
    ...faster('charts-5000', '5,000 charts of one object: at least 100 times as fast as cdk8s', 100),
    ...atMost('clusters-10', 'clusters-1000', 'time per object with 1,000 clusters: at most 1.3 times that with 10',
      ({ ours, objects }) => ours.milliseconds / objects, 1.3),
    // below, Node has not yet taken all the memory that it gives to short-lived objects
    ...atMost('clusters-1000', 'clusters-3000', 'peak memory with 3,000 clusters: at most 1.3 times that with 1,000', ({ checked }) => checked.peakMegabytes, 1.3),
    ...faster('one-chart-5000', '5,000 objects in one chart with checks: at least 3 times as fast as cdk8s, which checks nothing', 3, 'checked'),
    ...checks.map(({ clusters, objects, milliseconds, ratio: times }) => ({
      promise: `\`cdk8s-spiffe check\` of ${objects.toLocaleString('en')} manifests in ${clusters} ${clusters === 1 ? 'cluster' : 'clusters'}: `
        + 'at most twice the time that the package `yaml` needs to read them',
      measured: `${Math.round(times * 100) / 100}× (${time(milliseconds)})`,
      kept: times <= 2,
    })),
    ...memory.services.map(memoryPromise('manifests')),
    ...memory.deployments.map(memoryPromise('Deployments of 115 lines')),
    ...flatPromise('manifests', memory.services),
    ...flatPromise('Deployments of 115 lines', memory.deployments),
    ...access.map(({ layers, few, many }) => {
      const times = ratio(many.milliseconds / many.statements, few.milliseconds / few.statements);
      return {
        promise: `time per statement of who may call whom, for ${layers.join(', ')}: with ${many.statements.toLocaleString('en')} at most 1.3 times that with ${few.statements}`,
        measured: `${times}× (${time(many.milliseconds)})`,
        kept: times <= 1.3,
      };
    }),
    {
      promise: `\`cdk8s-spiffe check\` of a megabyte of ${hostile.map(({ text }) => text).join(', of ')}: at most 15 times the time of a tenth of it`,
      measured: `${Math.max(...hostile.map(({ few, many }) => ratio(many, few)))}× (${time(Math.max(...hostile.map(({ many }) => many)))})`,
      kept: hostile.every(({ few, many }) => many / few <= 15),
    },
    {
      promise: "`require('cdk8s-spiffe')`: less than 100 ms over cdk8s and cdk8s-plus-27",
      measured: time(start.first.milliseconds),
      kept: start.first.milliseconds < 100,
    },
  ];
}

function memoryPromise(what: string): (memory: CheckMemory) => KeptPromise {
  return ({ manifests, checking, reading }) => ({
    promise: `peak memory of \`cdk8s-spiffe check\` of ${manifests.toLocaleString('en')} ${what}: at most 1.5 times that of reading them with the package \`yaml\` and keeping the values`,
    measured: `${ratio(checking, reading)}× (${Math.round(checking)} MB)`,
    kept: checking / reading <= 1.5,
  });
}

function flatPromise(what: string, [few, many]: readonly CheckMemory[]): KeptPromise[] {
  return [{
    promise: `peak memory of \`cdk8s-spiffe check\` of ${many.manifests.toLocaleString('en')} ${what}: at most 1.3 times that of ${few.manifests.toLocaleString('en')}`,
    measured: `${ratio(many.checking, few.checking)}×`,
    kept: many.checking / few.checking <= 1.3,
  }];
}

/** What each further manifest takes. */
function memoryOfMore([, many, most]: readonly CheckMemory[]): string {
  const each = (pick: (memory: CheckMemory) => number): string => ((pick(most) - pick(many)) / (most.manifests - many.manifests) * 1024).toFixed(1);
  return 'A check keeps the text of rare YAML only, and one value of those that are equal in several documents; the values stay, since rules compare objects with each other:'
    + ` each further manifest takes ${each(({ checking }) => checking)} KB, of which its values alone take ${each(({ reading }) => reading)} KB.`;
}

function wholeProcess(results: Result[], helmMilliseconds: number | undefined): string[] {
  const bookinfo = results.find(({ name }) => name === 'bookinfo-zero-trust')!;
  return [
    `| Node, cdk8s \`App\`, ${bookinfo.title} (${bookinfo.objects} objects) | ${time(bookinfo.cdk8s!.processMilliseconds)} |`,
    `| Node, \`GitOpsApp\` without checks, ${bookinfo.title} (${bookinfo.objects} objects) | ${time(bookinfo.ours.processMilliseconds)} |`,
    `| Node, \`GitOpsApp\`, ${bookinfo.title} (${bookinfo.objects} objects) | ${time(bookinfo.checked.processMilliseconds)} |`,
    `| \`helm template\` of a chart whose templates are these manifests as plain text | ${helmMilliseconds === undefined ? 'Helm was not there' : time(helmMilliseconds)} |`,
  ];
}

function time(milliseconds: number): string {
  return milliseconds < 10_000 ? `${Math.round(milliseconds).toLocaleString('en')} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function modules(count: number): string {
  return count === 1 ? 'one module' : `${count} modules`;
}

function ratio(a: number, b: number): number {
  return a / b < 10 ? Math.round(a / b * 100) / 100 : Math.round(a / b);
}
