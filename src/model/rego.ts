/** A body of a rule of Rego at the top of a policy. */
export interface RegoBody {
  readonly line: number;
  /** What stands before the brace. */
  readonly head: string;
  readonly kind: 'if' | 'bare' | 'else';
}

/** The text with strings and comments blanked out, so that braces are those of the language. */
export function withoutStrings(text: string): string {
  return text.replace(/`[^`]*`|"(?:\\.|[^"\\\n])*"|#.*/g, found => found.replace(/[^\n]/g, found.startsWith('#') ? ' ' : '_'));
}

/** The bodies of rules: braces at the top that are no value. */
export function bodiesOf(text: string): RegoBody[] {
  const bodies: RegoBody[] = [];
  const code = withoutStrings(text);
  let [depth, line, start] = [0, 1, 0];
  for (let i = 0; i < code.length; i++) {
    const char = code[i];
    if (char === '\n') {
      line++;
      // at the top a line begins a statement, unless the last one has not ended
      if (depth === 0 && !/(?::=|=|\bif|,)\s*$/.test(code.slice(Math.max(start, i - 40), i))) start = i + 1;
    } else if ('([{'.includes(char)) {
      if (depth === 0 && char === '{') {
        const head = code.slice(start, i);
        const kind = kindOf(head);
        if (kind) bodies.push({ line, head: text.slice(start, i).trim(), kind });
      }
      depth++;
    } else if (')]}'.includes(char)) {
      depth = Math.max(0, depth - 1);
      if (depth === 0 && char === '}') start = i + 1;
    }
  }
  return bodies;
}

function kindOf(head: string): RegoBody['kind'] | undefined {
  const before = head.trimEnd();
  if (/\bif$/.test(before)) return 'if';
  // a set or object, and not a body
  if (/(\$["`]|:=|=|\bin|[<>!+\-*/&|,(]|\bcontains|\band|\bor|\bwith|\bas|\breturn)$/.test(before) || /\bif\s/.test(before)) return undefined;
  if (/^\s*else\b/.test(before)) return 'else';
  return /^\s*(default\s+)?[a-zA-Z_]/.test(before) ? 'bare' : undefined;
}

/** The names under which a policy knows a value of its input, such as `input.attributes.request.http`. */
export function namesOf(text: string, value: string): string[] {
  const escaped = value.replace(/\./g, '\\.');
  const aliases = [...text.matchAll(new RegExp(`^[ \\t]*(\\w+)\\s*:?=\\s*${escaped}\\s*$`, 'gm')), ...text.matchAll(new RegExp(`^[ \\t]*import\\s+${escaped}\\s+as\\s+(\\w+)`, 'gm'))];
  const plain = new RegExp(`^[ \\t]*import\\s+${escaped}\\s*$`, 'm').test(text) ? [value.slice(value.lastIndexOf('.') + 1)] : [];
  return [value, ...aliases.map(match => match[1]), ...plain];
}
