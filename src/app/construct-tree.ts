import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/**
 * The constructs below one construct, walked once.
 */
export class ConstructTree {
  /**
   * All constructs, parents before children.
   */
  public readonly constructs: IConstruct[] = [];

  /**
   * The constructs of each chart with the chart itself, without those of charts nested in it; charts in the order of the tree.
   */
  public readonly members = new Map<Chart, IConstruct[]>();

  /**
   * Charts that are defined right in another one.
   */
  public readonly nestedCharts: { readonly source: Chart; readonly target: Chart }[] = [];

  private readonly charts = new Map<IConstruct, Chart>();

  public constructor(root: IConstruct) {
    this.walk(root, undefined);
  }

  /**
   * The chart that a construct with a dependency is defined in; a chart is its own.
   *
   * Throws when there is none.
   */
  public chartOf(construct: IConstruct): Chart {
    const chart = this.charts.get(construct) ?? construct.node.scopes.reverse().find(Chart.isChart);
    if (!chart) {
      throw new Error(`'${construct.node.path}' has a dependency or is one, but is in no chart:`
        + ' leave the dependency out, or state it between charts; in a platform the order is that of the stages');
    }
    return chart;
  }

  private walk(construct: IConstruct, outer: Chart | undefined): void {
    this.constructs.push(construct);
    const chart = Chart.isChart(construct) ? construct : outer;
    if (chart) {
      this.charts.set(construct, chart);
      if (chart === construct) {
        this.members.set(chart, []);
        if (outer && chart.node.scope === outer) {
          this.nestedCharts.push({ source: outer, target: chart });
        }
      }
      this.members.get(chart)!.push(construct);
    }
    for (const child of construct.node.children) {
      this.walk(child, chart);
    }
  }
}
