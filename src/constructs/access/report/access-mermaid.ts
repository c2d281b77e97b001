import { AccessAction, AccessStatement } from '../access-statement';
import { AccessMatrix } from './access-matrix';

const ARROWS = { [AccessAction.ALLOW]: '-->', [AccessAction.DENY]: '--x', [AccessAction.AUDIT]: '--o' };

/**
 * The picture of an access matrix: an arrow for each pair that talks, dotted for what is only watched, crossed for what is denied, with a circle for what is marked in the log.
 */
export function accessMermaid(matrix: AccessMatrix): string[] {
  const nodes = new Map<string, string>();
  const node = (name: string): string => {
    const id = nodes.get(name) ?? `n${nodes.size}`;
    nodes.set(name, id);
    return id;
  };
  const names = [...matrix.statements.flatMap(({ statement }) => [statement.source.toString(), statement.destination.toString()]),
    ...matrix.egress.flatMap(({ statement }) => [statement.source.toString(), ...statement.hosts])];
  [...new Set(names)].sort().forEach(node);
  const edges = [
    ...matrix.statements.map(({ statement }) => `  ${node(statement.source.toString())} ${arrow(statement)} ${node(statement.destination.toString())}`),
    ...matrix.egress.flatMap(({ statement }) => statement.hosts.map((host) => `  ${node(statement.source.toString())} -->|${statement.port}| ${node(host)}`)),
  ];
  if (edges.length === 0) {
    return [];
  }
  const shapes = [...nodes].map(([name, id]) => `  ${id}["${name.replaceAll('"', '#quot;')}"]`);
  return ['```mermaid', 'flowchart LR', ...shapes, ...[...new Set(edges)].sort(), '```'];
}

function arrow({ action, auditOnly, port }: AccessStatement): string {
  const line = ARROWS[action];
  return `${auditOnly ? line.replace('--', '-.-') : line}|${port}|`;
}
