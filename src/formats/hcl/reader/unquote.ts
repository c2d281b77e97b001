const SIMPLE: Record<string, string> = { 'a': '\x07', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\', '"': '"' };
const HEX_DIGITS: Record<string, number> = { x: 2, u: 4, U: 8 };

/** HCL's own unquoting: what stands in `${…}` is kept as it is. */
export function unquoteHcl(quoted: string): string | undefined {
  if (quoted.length < 2 || quoted[quoted.length - 1] !== '"') return undefined;
  const s = quoted.slice(1, -1);
  if (!s.includes('$') && !s.includes('{') && s.includes('\n')) return undefined;
  let out = '';
  let i = 0;
  while (i < s.length) {
    if (s[i] === '$' && s[i + 1] === '{') {
      const end = endOfInterpolation(s, i + 2);
      if (end === undefined) return undefined;
      out += s.slice(i, end);
      i = end;
      continue;
    }
    if (s[i] === '\n') return undefined;
    const piece = unquoteChar(s, i, false);
    if (piece === undefined) return undefined;
    out += piece.value;
    i = piece.end;
  }
  return out;
}

/** Go's strconv.Unquote, which HCL uses for JSON strings. */
export function unquoteJson(quoted: string): string | undefined {
  if (quoted.length < 2 || quoted[quoted.length - 1] !== '"') return undefined;
  const s = quoted.slice(1, -1);
  let out = '';
  let i = 0;
  while (i < s.length) {
    if (s[i] === '\n') return undefined;
    const piece = unquoteChar(s, i, true);
    if (piece === undefined) return undefined;
    out += piece.value;
    i = piece.end;
  }
  return out;
}

function endOfInterpolation(s: string, start: number): number | undefined {
  let braces = 1;
  for (let i = start; i < s.length; i++) {
    if (s[i] === '{') braces++;
    if (s[i] === '}') braces--;
    if (braces === 0) return i + 1;
  }
  return undefined;
}

function unquoteChar(s: string, at: number, strict: boolean): { value: string; end: number } | undefined {
  const c = s[at];
  if (c === '"') return undefined;
  if (c !== '\\') return { value: c, end: at + 1 };
  const kind = s[at + 1];
  if (kind === undefined) return undefined;
  if (kind in SIMPLE) return { value: SIMPLE[kind], end: at + 2 };
  if (kind in HEX_DIGITS) return codePoint(s.slice(at + 2, at + 2 + HEX_DIGITS[kind]), 16, HEX_DIGITS[kind], at + 2, strict && kind !== 'x');
  if (/[0-7]/.test(kind)) return codePoint(s.slice(at + 1, at + 4), 8, 3, at + 1, false);
  return undefined;
}

function codePoint(digits: string, base: number, count: number, start: number, strict: boolean) {
  const allowed = base === 16 ? /^[0-9a-fA-F]+$/ : /^[0-7]+$/;
  if (digits.length !== count || !allowed.test(digits)) return undefined;
  const value = parseInt(digits, base);
  if (value > 0x10ffff || (base === 8 && value > 255)) return undefined;
  if (strict && value >= 0xd800 && value <= 0xdfff) return undefined;
  return { value: String.fromCodePoint(value), end: start + count };
}
