import { groupBy } from './group-by';
import { SynthesisChecks } from './synthesis-checks';
import { Level } from '../checks';

// more than these are no longer read
const MOST_CLUSTERS = 10;

/**
 * One written file.
 */
export interface WrittenFile {
  /**
   * The path below the output folder, with `/` between its parts.
   */
  readonly path: string;

  /**
   * The kinds of the objects in it, in order; empty for an artifact.
   */
  readonly kinds: string[];

  /**
   * What an artifact is for.
   *
   * @default - the file holds manifests
   */
  readonly purpose?: string;
}

/**
 * What a synthesis wrote, for people.
 */
export class SynthesisSummary {
  /**
   * The written files, in the order of the roll-out.
   */
  public readonly files: WrittenFile[];

  /**
   * The output folder.
   */
  public readonly directory: string;

  /**
   * What the checks found; undefined where nothing was checked.
   */
  public readonly checks?: SynthesisChecks;

  public constructor(directory: string, files: WrittenFile[], checks?: SynthesisChecks) {
    this.directory = directory;
    this.files = files;
    this.checks = checks;
  }

  /**
   * How many Kubernetes objects were written.
   */
  public get objectCount(): number {
    return this.files.reduce((sum, file) => sum + file.kinds.length, 0);
  }

  /**
   * A tree of the stages with counts, and what to do next.
   */
  public toString(): string {
    const [inClusters, others] = [this.files.filter(isOfCluster), this.files.filter((file) => !isOfCluster(file))];
    const clusters = [...groupBy(inClusters, (file) => file.path.split('/')[0])];
    const shown = clusters.slice(0, MOST_CLUSTERS);
    return [
      `wrote ${count(this.objectCount, 'object')} in ${count(this.files.length, 'file')} to ${this.directory}/`,
      ...others.map((file) => `  ${file.path.padEnd(18)} ${this.kinds([file])}`),
      ...shown.flatMap(([cluster, files]) => this.cluster(cluster, files)),
      ...clusters.length > shown.length ? ['', `and ${count(clusters.length - shown.length, 'more cluster')} in the same way`] : [],
      '',
      ...this.found(),
      '',
    ].join('\n');
  }

  private found(): string[] {
    if (!this.checks) {
      return ['checks: off'];
    }
    const { findings, noteCount, skippedCount } = this.checks;
    const levels = [Level.ERROR, Level.WARNING].flatMap((level) => {
      const rules = findings.filter((finding) => finding.level === level).map(({ rule }) => rule);
      return rules.length > 0 ? [`${count(rules.length, level)} (${unique(rules).join(', ')})`] : [];
    });
    const counts = [...levels, ...noteCount > 0 ? [count(noteCount, 'note')] : []];
    const accepted = skippedCount > 0 ? `, ${skippedCount} accepted` : '';
    return counts.length === 0 ? [`checks: nothing found${accepted}`] : [
      `checks: ${counts.join(', ')}${accepted}`,
      `  npx cdk8s-spiffe check ${this.directory}/${noteCount > 0 ? ' --level info' : ''} shows them with lines and fixes`,
    ];
  }

  private cluster(cluster: string, files: WrittenFile[]): string[] {
    const stages = groupBy(files.filter((file) => file.purpose === undefined), (file) => file.path.split('/')[1]);
    const lines = ['', `${cluster}/`];
    for (const [stage, own] of stages) {
      lines.push(`  ${stage.padEnd(18)} ${this.kinds(own)}`);
    }
    for (const artifact of files.filter((file) => file.purpose !== undefined)) {
      lines.push(`  ${artifact.path.slice(cluster.length + 1).padEnd(40)} ${artifact.purpose}`);
    }
    return stages.size === 0 ? lines : [...lines, '', ...this.next(cluster, [...stages.keys()])];
  }

  private kinds(files: WrittenFile[]): string {
    const kinds = files.flatMap((file) => file.kinds);
    const parts = unique(kinds).sort(workloadsFirst).map((kind) => {
      const times = kinds.filter((other) => other === kind).length;
      return times === 1 ? kind : `${kind} x${times}`;
    });
    const rest = parts.length - 6;
    return rest > 0 ? `${parts.slice(0, 6).join(', ')} and ${rest} more ${rest === 1 ? 'kind' : 'kinds'}` : parts.join(', ');
  }

  private next(cluster: string, stages: string[]): string[] {
    return [
      'next: apply the stages in order, each when the one before is healthy',
      `  kubectl apply --server-side -f ${this.directory}/${cluster}/${stages[0]}/`,
      `  the commands for each stage, and the check after it, are in ${this.directory}/${cluster}/artifacts/VERIFY.md`,
    ];
  }
}

// charts that are in no platform lie at the top, or in a folder of their own
function isOfCluster(file: WrittenFile): boolean {
  return /^[^/]+\/(?:artifacts|[0-9]{2}-[^/]+)\//.test(file.path);
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

const WORKLOADS = ['StatefulSet', 'DaemonSet', 'Deployment'];

function workloadsFirst(a: string, b: string): number {
  return Number(WORKLOADS.includes(b)) - Number(WORKLOADS.includes(a));
}
