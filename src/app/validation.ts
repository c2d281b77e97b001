import { IConstruct } from 'constructs';
import { ConstructTree } from './construct-tree';
import { DependencyOrder } from './dependency-order';
import { platformOf, stageFile } from './stage-layout';

/**
 * Throws, as cdk8s does, when a validation of a construct finds an error.
 *
 * @param root above the constructs
 */
export function requireValid(root: IConstruct): void {
  throwAny(root.node.findAll().flatMap((construct) => construct.node.validate().map((error) => `[${construct.node.path}] ${error}`)));
}

/**
 * Throws when code states a dependency that the order of the stages, or of the files in one, does not keep.
 *
 * @param tree the constructs
 * @param order their dependencies
 */
export function requireStageOrder(tree: ConstructTree, order: DependencyOrder): void {
  throwAny(order.betweenCharts.flatMap(({ source, target }) => {
    const [chart, other] = [tree.chartOf(source), tree.chartOf(target)];
    const platform = platformOf(chart);
    if (!platform || platform !== platformOf(other)) {
      return [];
    }
    const [file, otherFile] = [stageFile(chart, platform, ''), stageFile(other, platform, '')];
    return file > otherFile
      ? []
      : [`[${source.node.path}] depends on '${target.node.path}', but '${file}' is applied before '${otherFile}': move one of them to another stage`];
  }));
}

function throwAny(errors: string[]): void {
  if (errors.length > 0) {
    throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
  }
}
