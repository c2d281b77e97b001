import { LineCounter, YAMLMap, isMap, isScalar, isSeq } from 'yaml';
import { LONGEST_PLACED } from './longest';
import { once } from './once';
import { parsedDocuments } from './parsed-documents';

/** Keys and indexes on the way from the root of an object to a value in it. */
export type Path = readonly (string | number)[];

/** Where the values of a YAML document stand in it: on its first line where it is very long. */
export class Positions {
  private readonly lines = new LineCounter();
  private readonly contents: unknown;

  constructor(private readonly text: string) {
    this.contents = text.length > LONGEST_PLACED ? undefined : parsedDocuments(text, this.lines, LONGEST_PLACED)[0]?.contents;
  }

  /** The line of a value, or of the nearest parent that is there, from one. */
  public lineOf(path: Path): number {
    const { offset } = this.at(path);
    return offset === undefined ? 1 : this.lines.linePos(offset).line;
  }

  /** The line of a line of the text in a value, which starts behind the `|` for a block, and may stand on one line as a whole in quotes. */
  public lineOfText(path: Path, offset = 0): number {
    const { node } = this.at(path);
    if (!isScalar(node) || !node.range) return this.lineOf(path);
    const [start, end] = [node.range[0], Math.max(node.range[0], node.range[1] - 1)].map(at => this.lines.linePos(at).line);
    if (node.type === 'QUOTE_DOUBLE') return start + linesBefore(this.text.slice(node.range[0], node.range[1]), offset);
    const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    return Math.min(start + (block ? 1 : 0) + offset, Math.max(end, start));
  }

  /** The node at a path, undefined where there is none, and where the nearest that is there starts. */
  private at(path: Path): { node?: unknown; offset?: number } {
    let node: unknown = this.contents;
    let offset = startOf(node);
    for (const step of path) {
      if (isMap(node)) {
        const pair = pairsOf(node).get(String(step));
        if (!pair) return { offset };
        offset = startOf(pair.key) ?? offset;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
        if (node === undefined) return { offset };
        offset = startOf(node) ?? offset;
      } else {
        return { offset };
      }
    }
    return { node, offset };
  }
}

/** The pairs of a mapping by their keys: of a key that is there twice, the last one counts. */
const pairsOf = once(({ items }: YAMLMap) => new Map(items.map(pair => [String(isScalar(pair.key) ? pair.key.value : pair.key), pair])));

function startOf(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] } | null)?.range?.[0];
}

/** How many lines of the source of a text in double quotes are before a line of the text, which is written as `\n`. */
function linesBefore(source: string, line: number): number {
  let [written, found, i] = [0, 0, 0];
  for (; i < source.length && found < line; i++) {
    if (source[i] === '\n') written++;
    if (source[i] === '\\' && source[++i] === 'n') found++;
    else if (source[i] === '\n' && source[i - 1] === '\\') written++;
  }
  // what the line begins with may be on the next line of the source
  return line > 0 && /^\\?\r?\n/.test(source.slice(i, i + 3)) ? written + 1 : written;
}
