import { selectsLabels } from './selector';
import { collect } from '../collect';
import { Json, asRecord } from '../manifest';

type Labels = Record<string, string>;

/** Things that have labels, to be found by some of them: each selector would else be held against each thing. */
export class Labelled<T> {
  private readonly byLabel = new Map<string, T[]>();
  private readonly known = new Map<string, readonly T[]>();

  constructor(private readonly things: readonly T[], private readonly labelsOf: (thing: T) => Labels) {
    for (const thing of things) {
      for (const [key, value] of Object.entries(labelsOf(thing))) collect(this.byLabel, labelOf(key, value), thing);
    }
  }

  /** Those that have all of these labels, in their order; the same list for the same labels. */
  public having(labels: Json): readonly T[] {
    const wanted = Object.entries(asRecord(labels));
    if (wanted.length === 0) return this.things;
    const key = JSON.stringify(wanted);
    const found = this.known.get(key) ?? this.find(labels, wanted.map(([name, value]) => this.byLabel.get(labelOf(name, value)) ?? []));
    this.known.set(key, found);
    return found;
  }

  private find(labels: Json, lists: T[][]): readonly T[] {
    const shortest = lists.reduce((a, b) => (b.length < a.length ? b : a));
    // many are kept, and a list that grew has room for sixteen more
    return shortest.filter(thing => selectsLabels(labels, this.labelsOf(thing))).slice();
  }
}

/** Things that select by labels, to be found by the labels they select. */
export class Selecting<T> {
  private readonly unlimited: Ordered<T>[] = [];
  private readonly byLabel = new Map<string, Ordered<T>[]>();
  private readonly known = new Map<string, readonly T[]>();

  /**
   * @param wantedBy the labels that a thing asks for, as far as it is to be found by them
   * @param selects whether a thing selects labels
   */
  constructor(things: readonly T[], wantedBy: (thing: T) => Labels, private readonly selects: (thing: T, labels: Labels) => boolean) {
    const labelsOf = (thing: T) => Object.entries(wantedBy(thing)).map(([key, value]) => labelOf(key, value));
    const asked = things.map((thing, order) => ({ thing, order, labels: labelsOf(thing) }));
    const counts = new Map<string, number>();
    for (const label of asked.flatMap(({ labels }) => labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
    for (const { thing, order, labels } of asked) {
      if (labels.length === 0) this.unlimited.push({ thing, order });
      else collect(this.byLabel, labels.reduce((a, b) => (counts.get(b)! < counts.get(a)! ? b : a)), { thing, order });
    }
  }

  /** Those that select these labels, in their order; the same list for the same labels. */
  public of(labels: Labels): readonly T[] {
    const entries = Object.entries(labels);
    const key = JSON.stringify(entries);
    const found = this.known.get(key) ?? this.find(labels, entries);
    this.known.set(key, found);
    return found;
  }

  private find(labels: Labels, entries: [string, string][]): readonly T[] {
    const candidates = [...this.unlimited, ...entries.flatMap(([key, value]) => this.byLabel.get(labelOf(key, value)) ?? [])];
    return candidates.sort((a, b) => a.order - b.order).map(({ thing }) => thing).filter(thing => this.selects(thing, labels)).slice();
  }
}

interface Ordered<T> {
  readonly thing: T;
  readonly order: number;
}

function labelOf(key: string, value: string): string {
  return `${key}=${value}`;
}
