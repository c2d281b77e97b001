/** Whether Go's regexp compiles the pattern: the syntax of RE2, which knows no look-around and no back-references. */
export function compilesInGo(pattern: string): boolean {
  try {
    new Pattern(pattern).alternation(0);
    return true;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return false;
  }
}

class PatternError extends Error {}

const MAX_REPEAT = 1000;
const POSIX = /^\[:\^?(alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/;
const ESCAPES = /^\\(?:[aftnrv]|[0-7]{2,3}|0|x[0-9a-fA-F]{2}|x\{0*(?:[0-9a-fA-F]{1,5}|10[0-9a-fA-F]{4})\}|[\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007f])/;

/** Reads a pattern as Go does, for what it refuses only. */
class Pattern {
  private at = 0;
  private readonly names = new Set<string>();

  constructor(private readonly text: string) {}

  /** Reads up to the end of the pattern, or to the parenthesis that closes a group. */
  public alternation(depth: number): void {
    let repeatable = false;
    let repeated = false;
    while (this.at < this.text.length) {
      const ch = this.text[this.at];
      if (ch === ')') {
        if (depth === 0) throw new PatternError('unexpected )');
        return;
      }
      if (ch === '|') {
        this.at++;
        repeatable = repeated = false;
      } else if ('*+?'.includes(ch) || this.ahead(/^\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}/)) {
        if (!repeatable || repeated) throw new PatternError('nothing to repeat');
        this.repetition();
        repeated = true;
      } else {
        repeatable = this.item(ch, depth) ?? repeatable;
        repeated = false;
      }
    }
    if (depth > 0) throw new PatternError('missing )');
  }

  /** Reads one item and tells whether it can be repeated; flags leave that to what is before them. */
  private item(ch: string, depth: number): true | undefined {
    if (ch === '(') return this.group(depth);
    if (ch === '[') this.characterClass();
    else if (ch === '\\') this.escape();
    else this.at += String.fromCodePoint(this.text.codePointAt(this.at)!).length;
    return true;
  }

  private repetition(): void {
    const [whole, min, , max] = this.ahead(/^\{(\d+)(,(\d*))?\}/) ?? [this.text[this.at], '0', '', ''];
    if (Number(min) > MAX_REPEAT || Number(max ?? 0) > MAX_REPEAT) throw new PatternError('repeat count');
    if (max !== undefined && max !== '' && Number(min) > Number(max)) throw new PatternError('repeat count');
    this.at += whole.length;
    if (this.text[this.at] === '?') this.at++;
  }

  private group(depth: number): true | undefined {
    const name = this.ahead(/^\(\?P?<([A-Za-z0-9_]+)>/);
    const flags = this.ahead(/^\(\?(?:[imsU]*|[imsU]*-[imsU]+)([:)])/);
    if (name) {
      if (this.names.has(name[1])) throw new PatternError('name used twice');
      this.names.add(name[1]);
    } else if (this.ahead(/^\(\?/) && !flags) {
      throw new PatternError('flags');
    }
    this.at += (name ?? flags)?.[0].length ?? 1;
    if (!name && flags?.[1] === ')') return undefined;
    this.alternation(depth + 1);
    this.at++;
    return true;
  }

  private escape(): void {
    const quoted = this.ahead(/^\\Q[^]*?(?:\\E|$)/);
    const found = quoted ?? this.ahead(/^\\[AzbBdDsSwW]/) ?? this.property() ?? this.ahead(ESCAPES);
    if (!found) throw new PatternError('escape');
    this.at += found[0].length;
  }

  private property(): string[] | undefined {
    const found = this.ahead(/^\\[pP](?:\{\^?([^}]+)\}|([A-Za-z]))/);
    if (!found) return undefined;
    const name = found[1] ?? found[2];
    if (!spellings(name).some(one => isProperty(one) || isProperty(`Script=${one}`))) throw new PatternError('property');
    return found;
  }

  private characterClass(): void {
    this.at += this.ahead(/^\[\^/) ? 2 : 1;
    for (let first = true; first || this.text[this.at] !== ']'; first = false) {
      if (this.at >= this.text.length) throw new PatternError('missing ]');
      const whole = this.ahead(POSIX) ?? this.ahead(/^\\[dDsSwW]/) ?? this.property();
      if (!whole && this.ahead(/^\[:[^]*:\]/)) throw new PatternError('class name');
      if (whole) this.at += whole[0].length;
      else this.range();
    }
    this.at++;
  }

  private range(): void {
    const low = this.classCharacter();
    if (!this.ahead(/^-[^\]]/)) return;
    this.at++;
    if (this.classCharacter() < low) throw new PatternError('range');
  }

  private classCharacter(): number {
    const found = this.ahead(/^[^\\]/u) ?? this.ahead(ESCAPES);
    if (!found) throw new PatternError('class');
    this.at += found[0].length;
    return codeOf(found[0]);
  }

  private ahead(expression: RegExp): string[] | undefined {
    return expression.exec(this.text.slice(this.at)) ?? undefined;
  }
}

/** Go takes the names of properties in any case, with spaces and dashes for underscores. */
function spellings(name: string): string[] {
  const title = name.toLowerCase().replace(/[ -]/g, '_').replace(/(^|_)([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
  return [name, title, name.toUpperCase()];
}

function isProperty(name: string): boolean {
  if (name === 'Any') return true;
  try {
    new RegExp(`\\p{${name}}`, 'u');
    return true;
  } catch {
    return false;
  }
}

function codeOf(text: string): number {
  if (text[0] !== '\\') return text.codePointAt(0)!;
  const letter = 'abtnvfr'.indexOf(text[1]);
  if (letter >= 0) return 7 + letter;
  if (/^\\[0-7]/.test(text)) return parseInt(text.slice(1), 8);
  return text[1] === 'x' ? parseInt(text.replace(/[{}]/g, '').slice(2), 16) : text.codePointAt(1)!;
}
