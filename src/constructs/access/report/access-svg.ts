import { AccessAction, AccessStatement } from '../access-statement';
import { EgressStatement } from '../egress-statement';
import { AccessMatrix, OUTSIDE } from './access-matrix';

/**
 * What stands in one place of the picture.
 */
interface Mark {
  readonly who: string;
  readonly whom: string;
  readonly look: string;
  readonly port: number;
  readonly says: string;
}

const CELL = { width: 58, height: 24 };
const CHARACTER = 6.7;
const LINE = 18;
const MOST_CHARACTERS = 8;

const LOOKS: [string, string][] = [
  ['whole', 'every request'], ['part', 'some methods, paths, hosts or tokens'], ['denied', 'denied'], ['watched', 'only watched'], ['marked', 'marked in the log'],
];

const STYLE = 'text{font:11px ui-monospace,Menlo,Consolas,monospace;fill:#24292f}.h{font:600 14px system-ui,sans-serif}.dim{fill:#6e7781}.l{stroke:#d8dee4}'
  + '.whole{fill:#2da44e}.part{fill:#aceebb;stroke:#2da44e}.denied{fill:#ffcecb;stroke:#cf222e}.watched{fill:#fff;stroke:#9a6700;stroke-dasharray:3 2}'
  + '.marked{fill:#ddf4ff;stroke:#0969da}g .whole+text{fill:#fff}';

/**
 * The access matrix as a picture: a row for each caller, a column for whom they call. Each place is one line of the file, so that a further call
 * between workloads that are shown already is one changed line.
 */
export function accessSvg(matrix: AccessMatrix): string {
  const marks = [...statementMarks(matrix), ...egressMarks(matrix), ...edgeMarks(matrix)];
  const rows = distinct(marks.map((one) => one.who));
  const columns = distinct(marks.map((one) => one.whom));
  const left = 24 + widest(rows);
  const top = 44 + Math.ceil(widest(columns) * Math.SQRT1_2) + 12;
  const [right, bottom] = [left + columns.length * CELL.width, top + rows.length * CELL.height];
  const width = Math.max(right + top - 44, 560);
  const height = bottom + 24 + LOOKS.length * LINE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<style>${STYLE}</style>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text class="h" x="12" y="26">Who may call whom in ${escaped(matrix.cluster)}</text>`,
    ...columns.map((name, index) => {
      const x = left + (index + 0.5) * CELL.width;
      return `<path class="l" d="M${x} ${top}V${bottom}"/><text transform="translate(${x + 4} ${top - 8})rotate(-45)">${escaped(name)}</text>`;
    }),
    ...rows.map((name, index) => {
      const y = top + (index + 0.5) * CELL.height;
      return `<path class="l" d="M${left} ${y}H${right}"/><text x="${left - 8}" y="${y + 4}" text-anchor="end">${escaped(name)}</text>`;
    }),
    ...places(marks, rows, columns).map(([row, column, here]) => place(here, left + column * CELL.width, top + row * CELL.height)),
    ...LOOKS.map(([look, meaning], index) => legend(look, meaning, bottom + 20 + index * LINE)),
    '</svg>',
    '',
  ].join('\n');
}

/**
 * The places where something stands, row by row.
 */
function places(marks: Mark[], rows: string[], columns: string[]): [number, number, Mark[]][] {
  const [rowOf, columnOf] = [rows, columns].map((names) => new Map(names.map((name, index) => [name, index])));
  const byPlace = new Map<number, Mark[]>();
  for (const mark of marks) {
    const key = rowOf.get(mark.who)! * columns.length + columnOf.get(mark.whom)!;
    byPlace.set(key, [...byPlace.get(key) ?? [], mark]);
  }
  return [...byPlace].sort(([a], [b]) => a - b).map(([key, here]) => [Math.floor(key / columns.length), key % columns.length, here]);
}

/**
 * What stands for a caller and a called one: the ports, in the look of the first statement that is there, a dot for each other look, and all
 * statements in the title.
 */
function place(marks: Mark[], x: number, y: number): string {
  const [look, ...others] = LOOKS.map(([one]) => one).filter((one) => marks.some((mark) => mark.look === one));
  const ports = [...new Set(marks.map((one) => one.port))].sort((a, b) => a - b);
  const shown = ports.join(' ');
  const title = distinct(marks.map((one) => one.says)).map(escaped).join('&#10;');
  const dots = others.map((one, index) => `<circle class="${one}" cx="${x + CELL.width - 6 - index * 9}" cy="${y + 4}" r="3.5"/>`).join('');
  return `<g><title>${title}</title><rect class="${look}" x="${x + 2}" y="${y + 3}" width="${CELL.width - 4}" height="${CELL.height - 6}" rx="4"/>`
    + `<text x="${x + CELL.width / 2}" y="${y + 16}" text-anchor="middle">${shown.length <= MOST_CHARACTERS ? shown : `${ports.length} ports`}</text>${dots}</g>`;
}

function legend(look: string, meaning: string, y: number): string {
  return `<rect class="${look}" x="12" y="${y}" width="18" height="12" rx="3"/><text class="dim" x="38" y="${y + 10}">${meaning}</text>`;
}

function statementMarks({ statements }: AccessMatrix): Mark[] {
  return statements.map(({ statement }) => ({
    who: statement.source.toString(), whom: statement.destination.toString(), look: lookOf(statement), port: statement.port, says: words(statement),
  }));
}

function lookOf({ action, auditOnly, source, methods, paths, hosts }: AccessStatement): string {
  if (auditOnly || action !== AccessAction.ALLOW) {
    return auditOnly ? 'watched' : action === AccessAction.DENY ? 'denied' : 'marked';
  }
  return (methods ?? paths ?? hosts) !== undefined || source._caller.kind === 'token' ? 'part' : 'whole';
}

function words({ action, auditOnly, port, methods, paths, hosts }: AccessStatement): string {
  return [`${auditOnly ? 'only watched: ' : ''}${action} ${port}`, ...[methods, paths, hosts].flatMap((list) => list ? [list.join(' ')] : [])].join(' ');
}

function egressMarks({ egress }: AccessMatrix): Mark[] {
  return egress.flatMap(({ statement }) => statement.hosts.map((host) => ({
    who: statement.source.toString(), whom: host, look: 'whole', port: statement.port, says: egressWords(statement),
  })));
}

function egressWords({ port, protocol, gateway }: EgressStatement): string {
  return `${port} ${protocol}${gateway ? ` through ${gateway.workload}` : ''}`;
}

function edgeMarks({ edges }: AccessMatrix): Mark[] {
  return edges.flatMap(({ workload, ports }) => ports.map((port) => ({
    who: OUTSIDE, whom: workload.toString(), look: 'whole', port, says: `from outside the cluster: ${port}`,
  })));
}

function distinct(values: string[]): string[] {
  return [...new Set(values)].sort();
}

function widest(texts: string[]): number {
  return Math.ceil(Math.max(0, ...texts.map((text) => text.length)) * CHARACTER);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
