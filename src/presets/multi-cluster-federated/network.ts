import { Cluster } from '../../cluster';

/**
 * The network of a cluster's pods, as a label can have it.
 */
export function networkOf({ name }: Cluster): string {
  return name.toLowerCase().replaceAll('_', '-');
}
