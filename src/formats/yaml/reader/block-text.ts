import { NotSure } from '../not-sure';

const HEADER = /[|>][-+]? *\n/y;

/**
 * A text behind `|` or `>`, and where the line after it starts.
 *
 * @param text the document
 * @param start where the `|` or `>` is
 * @param column the column that its lines must be behind
 */
export function readBlockText(text: string, start: number, column: number): { readonly value: string; readonly end: number } {
  HEADER.lastIndex = start;
  if (!HEADER.test(text)) {
    throw new NotSure();
  }
  const { lines, end } = linesFrom(text, HEADER.lastIndex, column);
  let last = lines.length;
  while (lines[last - 1] === '') {
    last--;
  }
  if (last === 0 || /^ *$/.test(lines[last - 1])) {
    throw new NotSure();
  }
  const content = lines.slice(0, last);
  const inner = text[start] === '|' ? content.join('\n') : folded(content);
  return { value: inner + breaksAfter(text[start + 1], lines.length - last), end };
}

function linesFrom(text: string, start: number, column: number): { readonly lines: string[]; readonly end: number } {
  const lines: string[] = [];
  let indentation: number | undefined;
  let lineStart = start;
  while (lineStart < text.length) {
    let at = lineStart;
    while (text[at] === ' ') {
      at++;
    }
    const width = at - lineStart;
    const end = endOfLine(text, at);
    if (at < end) {
      if (width <= column) {
        break;
      }
      indentation ??= width;
      if (width < indentation) {
        throw new NotSure();
      }
    } else if (width > 0 && (indentation === undefined || end === text.length)) {
      throw new NotSure();
    }
    lines.push(text.slice(Math.min(lineStart + (indentation ?? 0), end), end));
    lineStart = end + 1;
  }
  return { lines, end: lineStart };
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

// lines are joined by spaces, and empty ones are line breaks
function folded(lines: string[]): string {
  let result = '';
  let breaks = 0;
  for (const line of lines) {
    if (line === '') {
      breaks++;
      continue;
    }
    if (line[0] === ' ' || line[0] === '\t') {
      throw new NotSure();
    }
    result += (breaks > 0 || result === '' ? '\n'.repeat(breaks) : ' ') + line;
    breaks = 0;
  }
  return result;
}

function breaksAfter(chomping: string, emptyLines: number): string {
  switch (chomping) {
    case '-':
      return '';
    case '+':
      return '\n'.repeat(emptyLines + 1);
    default:
      return '\n';
  }
}
