import { Engine, Input, judgeClusters } from './engine';
import { Finding, Level } from './finding';
import { Located } from './report';
import { RULES } from './rules';
import { Json, Manifest, Written } from '../model/manifest';

/** An object that is about to be written. */
export interface MadeObject extends Written {
  readonly file: string;
  readonly value: Json;
}

/** A finding, and what it is about. */
export interface Judged {
  readonly finding: Finding;
  /** What stands on its line. */
  readonly source: string;
  /** Not there where the finding is about a text. */
  readonly object?: MadeObject;
}

/** What was found. */
export interface Judgement {
  /** Errors and warnings. */
  readonly judged: Judged[];
  /** What is switched off at its object, notes included. */
  readonly skipped: Judged[];
  /** How many notes there are: there may be one for each object, so they are only counted. */
  readonly notes: number;
}

/** What is about to be written for one cluster. */
export interface MadeCluster {
  readonly objects: readonly MadeObject[];
  /** Texts beside the objects: input for installers. */
  readonly texts: readonly Input[];
}

/** Finds what is wrong in objects, and in what clusters expect of each other, without reading the objects from text again. */
export function judgeMadeObjects(clusters: readonly MadeCluster[]): Judgement {
  const made = new Map<Manifest, MadeObject>();
  const systems = clusters.map(({ objects, texts }) => {
    const engine = new Engine();
    for (const object of objects) {
      const manifest = new Manifest(object.file, object, object.value);
      made.set(manifest, object);
      engine.addManifest(manifest);
    }
    texts.forEach(text => engine.add(text));
    return engine.cluster();
  });
  const { kept, skipped } = judgeClusters(systems, RULES);
  const texts = new Map(clusters.flatMap(cluster => cluster.texts).map(({ file, text }) => [file, text]));
  const judgedOf = ({ finding, line, manifest }: Located): Judged => {
    const object = manifest && made.get(manifest);
    const place = line();
    const text = object ?? { firstLine: 1, text: texts.get(finding.file) ?? '' };
    return { finding: { ...finding, line: place }, source: text.text.split('\n')[place - text.firstLine]?.trim() ?? '', object };
  };
  const judged = kept.filter(({ finding }) => finding.level !== Level.INFO).map(judgedOf);
  return { judged, skipped: skipped.map(judgedOf), notes: kept.length - judged.length };
}
