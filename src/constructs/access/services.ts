import { objectsOf } from './objects-of';
import { Platform } from '../../delivery';
import { selects } from '../istio/input';
import { MeshWorkload } from '../istio/mesh-workload';

/**
 * The Services of a platform, as manifests, found by the workloads that they lead to.
 */
export class Services {
  /**
   * Those that are defined so far.
   */
  public static of(platform: Platform): Services {
    return new Services(objectsOf(platform).filter((object) => object.kind === 'Service' && object.apiGroup === 'core').map((object) => object.toJson()));
  }

  private readonly byLabel = new Map<string, any[]>();

  private constructor(services: any[]) {
    for (const service of services) {
      const [label] = Object.entries<string>(service.spec?.selector ?? {});
      if (label) {
        const key = keyOf(service.metadata?.namespace, label);
        this.byLabel.set(key, [...this.byLabel.get(key) ?? [], service]);
      }
    }
  }

  /**
   * The Services that lead to the pods of a workload, by their names.
   */
  public leadingTo({ namespace, podLabels }: MeshWorkload): any[] {
    return Object.entries(podLabels).flatMap((label) => this.byLabel.get(keyOf(namespace, label)) ?? [])
      .filter((service) => selects(service.spec.selector, podLabels))
      .sort((a, b) => a.metadata.name < b.metadata.name ? -1 : 1);
  }
}

function keyOf(namespace: string | undefined, [key, value]: [string, string]): string {
  return `${namespace} ${key}=${value}`;
}

/**
 * The port of the pods to which a port of a Service leads; none for a name that the pods do not have.
 */
export function podPort({ port, targetPort }: any, workload: MeshWorkload): number | undefined {
  return typeof targetPort === 'string' ? workload.portNames[targetPort] : targetPort ?? port;
}
