import { Construct } from 'constructs';
import { BOOKINFO_PORT, PRODUCT_PAGES } from './service';
import { BookinfoWorkloads } from './workloads';
import { AccessEnforcer, AccessPolicy } from '../../constructs/access';
import { IMesh, IngressGateway } from '../../constructs/istio';

/**
 * Allows the calls that Bookinfo makes, and no others: version 1 of reviews shows no stars, so it may not ask ratings.
 */
export function allowCalls(
  scope: Construct, mesh: IMesh, ingress: IngressGateway, workloads: BookinfoWorkloads, enforcers?: AccessEnforcer[],
): AccessPolicy {
  const access = new AccessPolicy(scope, 'access', { mesh, enforcers });
  const { productpage } = workloads;
  access.allow({ source: ingress, destination: productpage, port: BOOKINFO_PORT, methods: ['GET'], paths: PRODUCT_PAGES });
  access.allow({ source: ingress, destination: productpage, port: BOOKINFO_PORT, methods: ['POST'], paths: ['/login'] });
  allowCallsBetween(access, workloads, workloads);
  return access;
}

/**
 * Allows the workloads of one cluster to call those of the same or another one, as Bookinfo does.
 */
export function allowCallsBetween(access: AccessPolicy, callers: BookinfoWorkloads, called: BookinfoWorkloads): void {
  const { productpage, reviews } = callers;
  const port = BOOKINFO_PORT;
  access.allow({ source: productpage, destination: called.details, port, methods: ['GET'], paths: ['/details/*'] });
  for (const version of [called.reviews.v1, called.reviews.v2, called.reviews.v3]) {
    access.allow({ source: productpage, destination: version, port, methods: ['GET'], paths: ['/reviews/*'] });
  }
  // the product page shows stars by way of reviews, and its API hands on ratings themselves
  for (const version of [productpage, reviews.v2, reviews.v3]) {
    access.allow({ source: version, destination: called.ratings, port, methods: ['GET'], paths: ['/ratings/*'] });
  }
}

/**
 * Allows Prometheus to read the metrics of all workloads and gateways.
 */
export function allowPrometheus(access: AccessPolicy, mesh: IMesh, readerNamespace: string): void {
  mesh.workloads.forEach((workload) => access.allowMetrics({ workload, readerNamespace }));
}
