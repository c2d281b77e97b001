import { objectsOf } from './objects-of';
import { Platform } from '../../delivery';
import { selects } from '../istio/input';
import { MeshWorkload } from '../istio/mesh-workload';

/**
 * The Services of a platform that lead to the pods of a workload, as manifests.
 */
export function servicesOf(platform: Platform, workload: MeshWorkload): any[] {
  return allServices(platform).filter((service) => leadsTo(service, workload));
}

/**
 * All Services of a platform, as manifests.
 */
export function allServices(platform: Platform): any[] {
  return objectsOf(platform).filter((object) => object.kind === 'Service' && object.apiGroup === 'core').map((object) => object.toJson());
}

export function leadsTo(service: any, workload: MeshWorkload): boolean {
  const selector = service.spec?.selector ?? {};
  return service.metadata?.namespace === workload.namespace && Object.keys(selector).length > 0 && selects(selector, workload.podLabels);
}

/**
 * The port of the pods to which a port of a Service leads; none for a name that the pods do not have.
 */
export function podPort({ port, targetPort }: any, workload: MeshWorkload): number | undefined {
  return typeof targetPort === 'string' ? workload.portNames[targetPort] : targetPort ?? port;
}
