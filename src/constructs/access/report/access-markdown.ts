import { AccessAction, AccessStatement } from '../access-statement';
import { EgressStatement } from '../egress-statement';
import { AccessMatrix, OUTSIDE, Reported } from './access-matrix';
import { accessMermaid } from './access-mermaid';

/**
 * The access matrix of a cluster as Markdown: one line for each statement, so that a review shows one changed line.
 */
export function accessMarkdown(matrix: AccessMatrix): string {
  const lines = [
    `# Who may call whom in ${matrix.cluster}`,
    '',
    'Written with the manifests, do not edit.',
    'No workload of the mesh takes a call that is in no line; only metrics and health are shown by its proxy to whoever reaches it.',
    ...lead(table(['who', 'whom', 'port', 'methods', 'paths', 'hosts', ...matrix.layers], matrix.statements.map((one) => statementRow(matrix, one)))),
    ...section('To hosts outside of the cluster', table(['who', 'hosts', 'port', 'through', ...matrix.layers], matrix.egress.map((one) => egressRow(matrix, one)))),
    ...section('To other clusters, where it is said who may call whom there', table(['who', 'whom', 'port'], matrix.calledElsewhere)),
    ...section('From outside of the cluster', table(['who', 'whom', 'ports'], matrix.edges.map(({ workload, ports }) =>
      [OUTSIDE, workload.toString(), ports.join(', ')]))),
    ...section('Readers of metrics, whom only network layers tell from others', table(['who', 'whom', 'ports'], matrix.metrics.map((one) => [
      `pods of ${one.readerNamespace}${one.readerLabels ? ` with ${Object.entries(one.readerLabels).map(([key, value]) => `${key}=${value}`).join(', ')}` : ''}`,
      one.workload.toString(), one.ports.join(', '),
    ]))),
    ...section('To the API server', [...matrix.apiServer].sort().map((one) => `- ${one}`)),
    ...section('Where a layer says something else', losses(matrix)),
    ...section('Changed by patches, so that they say this instead of the lines above', matrix.patched.map((one) => `- ${one}`)),
    ...section('Namespaces whose pods anybody may call', openLines(matrix)),
    ...section('Policies beside these', matrix.others.map((other) => `- ${other}`)),
    ...section('Picture', picture(matrix)),
  ];
  return `${lines.join('\n').replace(/\n+$/, '')}\n`;
}

function openLines({ open }: AccessMatrix): string[] {
  return open.length > 0 ? ['No proxy of the mesh is before all of their pods, and no NetworkPolicy selects them all.', '', ...open.map((one) => `- ${one}`)] : [];
}

const VERBS = { [AccessAction.ALLOW]: '', [AccessAction.DENY]: '**denied** ', [AccessAction.AUDIT]: 'marked: ' };

function picture(matrix: AccessMatrix): string[] {
  const lines = accessMermaid(matrix);
  return lines.length > 0 ? ['The same as a matrix: [ACCESS.svg](ACCESS.svg).', '', ...lines] : [];
}

function lead(lines: string[]): string[] {
  return lines.length > 0 ? ['', ...lines] : [];
}

function section(heading: string, lines: string[]): string[] {
  return lines.length > 0 ? ['', `## ${heading}`, ...lead(lines)] : [];
}

function table(head: string[], rows: string[][]): string[] {
  if (rows.length === 0) {
    return [];
  }
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...[...new Set(rows.map(line))].sort()];
}

function statementRow(matrix: AccessMatrix, { statement, layers }: Reported<AccessStatement>): string[] {
  return [
    statement.source.toString(),
    `${verb(statement)}${statement.destination}`,
    String(statement.port),
    ...[statement.methods, statement.paths, statement.hosts].map((list) => list ? list.map(code).join(' ') : 'all'),
    ...marks(matrix, layers),
  ];
}

function egressRow(matrix: AccessMatrix, { statement, layers }: Reported<EgressStatement>): string[] {
  return [statement.source.toString(), statement.hosts.map(code).join(' '), `${statement.port} ${statement.protocol}`, statement.gateway?.workload.toString() ?? '-', ...marks(matrix, layers)];
}

function marks(matrix: AccessMatrix, layers: Reported<unknown>['layers']): string[] {
  return matrix.layers.map((name) => layers.find((one) => one.layer === name)?.expression.fidelity ?? '-');
}

function verb({ action, auditOnly }: AccessStatement): string {
  return `${auditOnly ? 'only watched: ' : ''}${VERBS[action]}`;
}

/**
 * Path patterns have stars, which Markdown would read.
 */
function code(text: string): string {
  return `\`${text}\``;
}

/**
 * What each layer makes otherwise, with the statements that it is about: one line each.
 */
function losses(matrix: AccessMatrix): string[] {
  const about = new Map<string, Set<string>>();
  for (const { statement, layers } of [...matrix.statements, ...matrix.egress]) {
    for (const { layer, expression } of layers) {
      expression.lost.map((lost) => `${layer}: ${lost}`).forEach((key) => about.set(key, (about.get(key) ?? new Set()).add(title(statement))));
    }
  }
  return [...about].sort(([a], [b]) => a < b ? -1 : 1).flatMap(([key, titles]) => [`- ${key}`, ...[...titles].sort().map((one) => `  - ${one}`)]);
}

function title(statement: AccessStatement | EgressStatement): string {
  return 'destination' in statement
    ? `${statement.source} to ${verb(statement)}${statement.destination}:${statement.port}`
    : `${statement.source} to ${statement.hosts.join(', ')}:${statement.port}`;
}
