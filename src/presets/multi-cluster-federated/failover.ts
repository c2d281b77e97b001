import { MeshWorkload } from '../../constructs/istio';
import { BookinfoWorkloads } from '../bookinfo/workloads';

/**
 * What a cluster has to know of itself and of the others for failover.
 */
export interface FailoverCluster {
  readonly region: string;
  readonly workloads: BookinfoWorkloads;
}

/**
 * The workloads behind each service that fails over to another cluster. The product page does not: who calls it from outside chooses a cluster.
 */
export function servicesOf({ details, ratings, reviews }: BookinfoWorkloads): { [service: string]: MeshWorkload[] } {
  return { details: [details], ratings: [ratings], reviews: [reviews.v1, reviews.v2, reviews.v3] };
}

/**
 * The traffic policies with which the services of one cluster fail over to the next one of the list, in Istio's words.
 */
export function failoverPolicies(own: FailoverCluster, all: FailoverCluster[]): { [service: string]: any } {
  const next = all[(all.indexOf(own) + 1) % all.length];
  const policy = (service: string) => ({
    loadBalancer: { simple: 'LEAST_REQUEST', localityLbSetting: { enabled: true, failover: [{ from: own.region, to: next.region }] } },
    // all pods of a region may be left out at once, that is when the other region is called
    outlierDetection: { consecutive5xxErrors: 5, interval: '10s', baseEjectionTime: '30s', maxEjectionPercent: 100 },
    // the same service has one identity in each cluster: any other certificate is refused
    tls: {
      mode: 'ISTIO_MUTUAL',
      subjectAltNames: all.flatMap(({ workloads }) => servicesOf(workloads)[service]).map(({ identity }) => identity.spiffeId.uri),
    },
  });
  return Object.fromEntries(Object.keys(servicesOf(own.workloads)).map((service) => [service, policy(service)]));
}
