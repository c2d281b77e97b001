import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Platform } from '../../delivery';

/**
 * What is in a platform, and what is in none: charts beside the platforms may be for each cluster.
 */
export function objectsOf(platform: Platform): ApiObject[] {
  return constructsOf(platform, platform.node.root).filter(ApiObject.isApiObject);
}

/**
 * Other platforms are passed by at their doors: each platform asks, and what they hold grows with the clusters.
 */
function constructsOf(platform: Platform, construct: IConstruct): IConstruct[] {
  return Platform.isPlatform(construct) && construct !== platform
    ? [] : [construct, ...construct.node.children.flatMap((child) => constructsOf(platform, child))];
}
