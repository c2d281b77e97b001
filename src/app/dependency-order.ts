import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ConstructTree } from './construct-tree';
import { dependenciesFirst, Vertex } from './topology';

/**
 * One construct that has to come after another.
 */
export interface Dependency {
  readonly source: IConstruct;
  readonly target: IConstruct;
}

/**
 * The order of charts, and of the objects in each, that cdk8s gives them.
 *
 * A dependency between constructs is one between all their objects. cdk8s writes out that product and walks each path through it; here a group of
 * objects is one vertex, so that time grows with the number of objects and dependencies only.
 */
export class DependencyOrder {
  /**
   * Dependencies that code states between constructs of two charts.
   */
  public readonly betweenCharts: Dependency[] = [];

  private readonly dependencies: Dependency[] = [];
  private readonly below = new Map<Chart, Dependency[]>();

  public constructor(private readonly tree: ConstructTree) {
    const targets = statedTargets(tree);
    this.betweenCharts = pairs(tree, targets).filter((dependency) => this.crosses(dependency));
    // a chart comes after those in it, and after those that its constructs depend on
    tree.nestedCharts.forEach(({ source, target }) => add(targets, source, target));
    pairs(tree, targets).filter((dependency) => this.crosses(dependency))
      .forEach(({ source, target }) => add(targets, tree.chartOf(source), tree.chartOf(target)));
    this.dependencies = pairs(tree, targets);
    this.dependencies.forEach((dependency) => this.sortIntoCharts(dependency));
  }

  /**
   * Whether one of some charts depends on another of them, or holds it.
   */
  public hasDependencyAmong(charts: Set<IConstruct>): boolean {
    return this.dependencies.some(({ source, target }) => source !== target && charts.has(source) && charts.has(target));
  }

  /**
   * All charts, each after those that it depends on.
   *
   * Throws when there is a cycle, with its paths.
   */
  public charts(): Chart[] {
    const charts = [...this.tree.members.keys()];
    return this.dependencies.length === 0 && !charts.some(({ node }) => /^\d+$/.test(node.id))
      ? charts
      : this.order(this.tree.constructs, this.dependencies).filter(Chart.isChart);
  }

  /**
   * The objects of a chart, each after those that it depends on.
   *
   * Throws when there is a cycle, with its paths.
   */
  public objects(chart: Chart): ApiObject[] {
    const dependencies = this.below.get(chart);
    const members = dependencies ? this.order(chart.node.findAll(), dependencies) : this.tree.members.get(chart) ?? [];
    return members.filter(ApiObject.isApiObject).filter((object) => this.tree.chartOf(object) === chart);
  }

  private crosses({ source, target }: Dependency): boolean {
    return this.tree.chartOf(source) !== this.tree.chartOf(target);
  }

  // each chart around both of them has to know it
  private sortIntoCharts(dependency: Dependency): void {
    const around = new Set<IConstruct>(dependency.target.node.scopes);
    for (const chart of dependency.source.node.scopes.filter(Chart.isChart).filter((scope) => around.has(scope))) {
      const below = this.below.get(chart) ?? [];
      this.below.set(chart, below);
      below.push(dependency);
    }
  }

  private order(constructs: IConstruct[], dependencies: Dependency[]): IConstruct[] {
    // by path, as in cdk8s: JavaScript puts keys that are whole numbers first
    const vertices: Record<string, Vertex> = {};
    for (const construct of constructs) {
      vertices[construct.node.path] = new Vertex(construct);
    }
    const known = dependencies.flatMap(({ source, target }) => {
      const [from, to] = [vertices[source.node.path], vertices[target.node.path]];
      return from && to ? [{ source, target, from, to }] : [];
    });
    for (const { from, to } of known) {
      from.dependOn(to);
    }
    const groups = new Map<IConstruct, Group>();
    for (const { source, target } of known) {
      dependOnEach(this.group(source, vertices, groups), this.group(target, vertices, groups));
    }
    return dependenciesFirst(Object.values(vertices));
  }

  private group(construct: IConstruct, vertices: Record<string, Vertex>, groups: Map<IConstruct, Group>): Group {
    let group = groups.get(construct);
    if (!group) {
      const chart = this.tree.chartOf(construct);
      const objects = construct.node.findAll().filter(ApiObject.isApiObject).filter((object) => this.tree.chartOf(object) === chart);
      group = { objects: new Set(objects.map((object) => vertices[object.node.path])) };
      groups.set(construct, group);
    }
    return group;
  }
}

interface Group {
  readonly objects: Set<Vertex>;
  vertex?: Vertex;
}

// each object of the source depends on each object of the target but itself
function dependOnEach(source: Group, target: Group): void {
  const inTarget = [...source.objects].filter((object) => target.objects.has(object));
  const outside = [...source.objects].filter((object) => !target.objects.has(object));
  // two of them depend on each other, which is a cycle already
  for (const object of inTarget.slice(0, 2)) {
    [...target.objects].filter((other) => other !== object).forEach((other) => object.dependOn(other));
  }
  if (outside.length > 0 && target.objects.size > 0) {
    const vertex = target.vertex ??= vertexOf(target);
    outside.forEach((object) => object.dependOn(vertex));
  }
}

function vertexOf(group: Group): Vertex {
  const vertex = new Vertex();
  group.objects.forEach((object) => vertex.dependOn(object));
  return vertex;
}

function statedTargets(tree: ConstructTree): Map<IConstruct, Set<IConstruct>> {
  const targets = new Map<IConstruct, Set<IConstruct>>();
  for (const construct of tree.constructs) {
    const own = construct.node.dependencies;
    if (own.length > 0) {
      targets.set(construct, new Set(own));
    }
  }
  return targets;
}

function add(targets: Map<IConstruct, Set<IConstruct>>, source: IConstruct, target: IConstruct): void {
  targets.set(source, (targets.get(source) ?? new Set()).add(target));
}

function pairs(tree: ConstructTree, targets: Map<IConstruct, Set<IConstruct>>): Dependency[] {
  return targets.size === 0 ? [] : tree.constructs.flatMap((source) => [...targets.get(source) ?? []].map((target) => ({ source, target })));
}
