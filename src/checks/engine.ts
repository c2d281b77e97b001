import { Finding, Level } from './finding';
import { Located, Report } from './report';
import { Rule } from './rule';
import { isSkipped } from './skip';
import { Manifest } from '../model/manifest';
import { once } from '../model/once';
import { readManifests } from '../model/reader';
import { UNRENDERED, Unread } from '../model/reading';
import { know, systemsOf } from '../model/scopes';
import { SharedValues } from '../model/shared-values';
import { configKind } from '../model/spire/discovery';
import { System } from '../model/system';
import { Text } from '../model/text';
import { isAgentConfig } from '../model/vault/agent';

/** A text to be checked and the name it goes by. */
export interface Input {
  readonly file: string;
  readonly text: string;
  /** Reads the text again: it is not kept then. */
  readonly again?: () => string;
}

/** What a run found. */
export interface Outcome {
  readonly findings: Finding[];
  readonly objects: number;
  /** Documents that are nothing the rules know. */
  readonly unknown: number;
  /** Documents that could not be read. */
  readonly unread: number;
  /** Whether there was something to read, and none of it could be. */
  readonly isUnreadable: boolean;
  /** Findings switched off at their object. */
  readonly skipped: number;
}

export const UNREADABLE = 'INPUT-UNREADABLE';

const NAME_OF_CHARTS = /(?<=^|\/)Chart\.yaml$/;

/** Reads texts, bit by bit, and then runs rules over all of them. */
export class Engine {
  private readonly manifests: Manifest[] = [];
  private readonly texts: Text[] = [];
  private readonly unread: Unread[] = [];
  private readonly values = new SharedValues();
  private unknown = 0;
  private broken = 0;

  public add({ file, text, again }: Input): void {
    const kind = isPlain(file, text) ? configKind(text, file) : undefined;
    if (kind || /\.rego$/.test(file) || isPlain(file, text) && isAgentConfig(text)) {
      this.texts.push(new Text(file, text));
      return;
    }
    if (/\.(conf|hcl)$/.test(file)) {
      this.unknown++;
      return;
    }
    const { manifests, unread } = readManifests(file, text, { share: value => this.values.share(value), again });
    if (unread.length > 0 && !isOurs(file, text)) {
      this.unknown++;
      this.broken++;
      return;
    }
    for (const manifest of manifests) this.manifests.push(manifest);
    for (const problem of unread) this.unread.push(problem);
    this.unknown += manifests.filter(manifest => manifest.kind === '').length;
  }

  /** Adds an object that was read, or made, already. */
  public addManifest(manifest: Manifest): void {
    this.manifests.push(manifest);
  }

  /** Runs rules over all texts; those that define the same object in different folders are taken for several clusters. */
  public run(rules: readonly Rule[]): Outcome {
    const systems = systemsOf(this.judged(), this.texts);
    const { kept, skipped } = sorted(agreed(new Map(systems.map(system => [system, judge(system, rules)]))));
    const unread = rules.some(rule => rule.id === UNREADABLE) ? this.unreadable() : [];
    const findings = distinct([...unread, ...kept.map(findingOf)]);
    return {
      findings,
      objects: this.manifests.length,
      unknown: this.unknown,
      unread: this.unread.length,
      isUnreadable: this.unread.length + this.broken > 0 && this.manifests.length + this.texts.length + this.unknown === this.broken,
      skipped: distinct(skipped.map(findingOf)).length,
    };
  }

  /** All but the templates of charts, which are objects when they are rendered. */
  private judged(): Manifest[] {
    const charts = this.charts();
    const isTemplate = ({ file, value }: Manifest): boolean => charts.some(chart => file.startsWith(chart.replace(NAME_OF_CHARTS, 'templates/')))
      && JSON.stringify(value ?? null).includes('{{');
    return charts.length === 0 ? this.manifests : this.manifests.filter(manifest => !isTemplate(manifest));
  }

  /** What could not be read: of a chart, its templates are one thing. */
  private unreadable(): Finding[] {
    const charts = this.charts();
    const isOf = (chart: string, { file, reason }: Unread): boolean => file.startsWith(chart.replace(NAME_OF_CHARTS, 'templates/'))
      || reason === UNRENDERED && file.startsWith(chart.replace(NAME_OF_CHARTS, 'files/'));
    const ofCharts = charts.map(chart => ({ chart, problems: this.unread.filter(problem => isOf(chart, problem)) }));
    const known = new Set(ofCharts.flatMap(({ problems }) => problems));
    const told = ofCharts.filter(({ problems }) => problems.length > 0).map(({ chart }) => notRendered(chart));
    return [...told, ...this.unread.filter(problem => !known.has(problem)).map(unreadable)];
  }

  private charts(): string[] {
    return this.manifests.map(({ file }) => file).filter(file => NAME_OF_CHARTS.test(file));
  }

  /** The texts as what is known to be for one cluster. */
  public cluster(): JudgedCluster {
    const unread = this.unreadable().map(finding => ({ finding, line: () => finding.line }));
    return { system: new System(this.manifests, this.texts), unread };
  }
}

/** What is for one cluster, and what could not be read of it. */
export interface JudgedCluster {
  readonly system: System;
  readonly unread: readonly Located[];
}

/** What was found, by whether it is switched off at its object. */
export interface Sorted {
  readonly kept: readonly Located[];
  readonly skipped: readonly Located[];
}

/** Runs rules over what is known to be for clusters, one each. */
export function judgeClusters(clusters: readonly JudgedCluster[], rules: readonly Rule[]): Sorted {
  know(clusters.map(({ system }) => system));
  return sorted(clusters.flatMap(({ system, unread }) => [...unread, ...judge(system, rules)]));
}

function sorted(located: readonly Located[]): Sorted {
  const skipped = new Set(located.filter(isSkipped));
  return { kept: located.filter(item => !skipped.has(item)), skipped: [...skipped] };
}

function findingOf({ finding, line }: Located): Finding {
  return { ...finding, line: line() };
}

/** What is found in a file of several clusters counts where it is found in each: the file may be meant for one of them. */
function agreed(found: ReadonlyMap<System, readonly Located[]>): Located[] {
  const files = once(({ manifests, texts }: System) => new Set([...manifests, ...texts].map(({ file }) => file)));
  const keyOf = ({ finding, line }: Located): string => JSON.stringify([finding.rule, finding.file, line()]);
  const keys = once((system: System) => new Set(found.get(system)!.filter(({ finding }) => othersOf(system, finding.file).length > 0).map(keyOf)));
  const othersOf = (system: System, file: string): System[] => system.siblings.filter(other => other !== system && files(other).has(file));
  return [...found].flatMap(([system, located]) => system.siblings.length === 1 ? located
    : located.filter(one => othersOf(system, one.finding.file).every(other => keys(other).has(keyOf(one)))));
}

function judge(system: System, rules: readonly Rule[]): Located[] {
  return rules.flatMap(rule => {
    const report = new Report(rule);
    rule.check(system, report);
    return report.located;
  });
}

/** Whether it is worth a finding that a text cannot be read: scripts and data of something else are not. */
function isOurs(file: string, text: string): boolean {
  if (/\.json$/.test(file)) return /"apiVersion"|"kind"|"panels"|"static_resources"|trust_domain/.test(text);
  return (/\.ya?ml$/.test(file) && !/(^|\/)\.[^./]/.test(file)) || !/[^/]\.\w+$/.test(file);
}

/** Whether a text can be a configuration of its own, and not YAML around one. */
function isPlain(file: string, text: string): boolean {
  return !/\.ya?ml$/.test(file) && !/^[ \t{]*"?(?:apiVersion|kind)"?[ \t]*:|[{,]\s*"apiVersion"\s*:/m.test(text);
}

function unreadable({ file, line, reason }: Unread): Finding {
  return { rule: UNREADABLE, level: Level.ERROR, message: `not understood: ${reason}`, fix: 'correct the file, or leave it out', file, line, object: {} };
}

/** A chart is right as it is, and nothing of it was judged. */
function notRendered(file: string): Finding {
  return {
    rule: UNREADABLE,
    level: Level.INFO,
    message: 'the templates of the chart are not judged: they are not rendered',
    fix: 'check what helm template writes',
    file,
    line: 1,
    object: {},
  };
}

/** In the order of files and lines; files that belong to several clusters give each finding once. */
function distinct(findings: Finding[]): Finding[] {
  const seen = new Set<string>();
  const unique = findings.filter(finding => {
    const { kind, namespace, name } = finding.object;
    const key = JSON.stringify([finding.rule, finding.file, finding.line, finding.message, kind, namespace, name]);
    return !seen.has(key) && seen.add(key);
  });
  const order = new Map([...new Set(unique.map(finding => finding.file))].map((file, i) => [file, i]));
  return unique.sort((a, b) => order.get(a.file)! - order.get(b.file)! || a.line - b.line || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));
}
