import { IConstruct } from 'constructs';

/**
 * A construct, or a group of constructs, with what it depends on.
 */
export class Vertex {
  public readonly dependencies: Vertex[] = [];
  public isDependedOn = false;

  public constructor(public readonly construct?: IConstruct) {}

  public dependOn(vertex: Vertex): void {
    this.dependencies.push(vertex);
    vertex.isDependedOn = true;
  }
}

/**
 * The constructs of vertices, each after those that it depends on; each vertex and each dependency is visited once.
 *
 * Throws when there is a cycle, with its paths.
 */
export function dependenciesFirst(vertices: Vertex[]): IConstruct[] {
  const done = new Set<Vertex>();
  const order: IConstruct[] = [];
  const roots = vertices.filter((vertex) => !vertex.isDependedOn);
  // what no root leads to is in a cycle
  for (const root of [...roots, ...vertices]) {
    visit(root, done, order);
  }
  return order;
}

// a stack of its own: a chain of dependencies may be longer than the call stack
function visit(root: Vertex, done: Set<Vertex>, order: IConstruct[]): void {
  const open = new Map<Vertex, Iterator<Vertex>>();
  const stack: Vertex[] = [];
  const enter = (vertex: Vertex) => {
    if (open.has(vertex)) {
      throw new Error(`Dependency cycle detected: ${[...stack.slice(stack.indexOf(vertex)), vertex].flatMap(path).join(' => ')}`);
    }
    if (!done.has(vertex)) {
      open.set(vertex, vertex.dependencies.values());
      stack.push(vertex);
    }
  };
  enter(root);
  while (stack.length > 0) {
    const vertex = stack[stack.length - 1];
    const next = open.get(vertex)!.next();
    if (!next.done) {
      enter(next.value);
      continue;
    }
    stack.pop();
    open.delete(vertex);
    done.add(vertex);
    if (vertex.construct) {
      order.push(vertex.construct);
    }
  }
}

function path(vertex: Vertex): string[] {
  return vertex.construct ? [vertex.construct.node.path] : [];
}
