import { ApiObject } from 'cdk8s';
import { Platform } from '../../delivery';

/**
 * What is in a platform, and what is in none: charts beside the platforms may be for each cluster.
 */
export function objectsOf(platform: Platform): ApiObject[] {
  return platform.node.root.node.findAll().filter(ApiObject.isApiObject)
    .filter((object) => (object.node.scopes.find(Platform.isPlatform) ?? platform) === platform);
}
