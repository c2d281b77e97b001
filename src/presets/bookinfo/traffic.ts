import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { PRODUCT_PAGES } from './service';
import {
  DestinationRule, Gateway, GatewayServer, HttpRoute, IngressGateway, RouteDestination, StringMatch, TrafficPolicy, VirtualService,
} from '../../constructs/istio';

/**
 * Where Bookinfo is reached from outside.
 */
export interface BookinfoTrafficOptions {
  readonly namespace: string;
  readonly ingress: IngressGateway;
  readonly host: string;
  readonly credentialName: string;

  /**
   * Further fields of the traffic policy of a service, in Istio's words, such as where it fails over to.
   */
  readonly policies?: { readonly [service: string]: { readonly [field: string]: any } };
}

/**
 * A pod that fails is left out for a while, and no service waits for more than it can do.
 */
const CIRCUIT_BREAKER: TrafficPolicy = {
  connectionPool: { maxConnections: 100, connectTimeout: Duration.seconds(2), maxPendingRequests: 50, maxRequests: 200, maxRetries: 3 },
  outlierDetection: { consecutive5xxErrors: 5, interval: Duration.seconds(10), baseEjectionTime: Duration.seconds(30), maxEjectionPercent: 50 },
};

/**
 * Reading twice does no harm, so a read that failed is tried again.
 */
const READ: Pick<HttpRoute, 'timeout' | 'retries'> = {
  timeout: Duration.seconds(10),
  retries: { attempts: 2, perTryTimeout: Duration.seconds(3), retryOn: ['connect-failure', 'refused-stream', 'unavailable', '503'] },
};

function policyOf(service: string, { policies }: BookinfoTrafficOptions): TrafficPolicy {
  return { ...CIRCUIT_BREAKER, additionalFields: policies?.[service] };
}

/**
 * Routes requests: from outside to the product page, and to the versions of reviews by share.
 */
export function routeTraffic(scope: Construct, options: BookinfoTrafficOptions): void {
  const { namespace } = options;
  for (const host of ['productpage', 'details', 'ratings']) {
    new DestinationRule(scope, `${host}-destination`, { name: host, namespace, host, trafficPolicy: policyOf(host, options) });
  }
  for (const host of ['details', 'ratings']) {
    new VirtualService(scope, `${host}-route`, { name: host, namespace, hosts: [host], http: [{ destinations: [RouteDestination.host(host)], ...READ }] });
  }
  routeReviews(scope, options);
  routeFromOutside(scope, options);
}

/**
 * Most requests go to version 1, ten in a hundred to version 2, and those of the tester to version 3.
 */
function routeReviews(scope: Construct, options: BookinfoTrafficOptions): void {
  const { namespace } = options;
  const reviews = new DestinationRule(scope, 'reviews-destination', {
    name: 'reviews',
    namespace,
    host: 'reviews',
    trafficPolicy: policyOf('reviews', options),
    subsets: ['v1', 'v2', 'v3'].map((version) => ({ name: version, labels: { version } })),
  });
  new VirtualService(scope, 'reviews-route', {
    name: 'reviews',
    namespace,
    hosts: ['reviews'],
    http: [
      {
        name: 'tester',
        matches: [{ headers: { 'end-user': StringMatch.exact('jason') } }],
        destinations: [RouteDestination.subset(reviews.subset('v3'))],
        ...READ,
      },
      {
        name: 'canary',
        destinations: [
          RouteDestination.subset(reviews.subset('v1'), { weight: 90 }),
          RouteDestination.subset(reviews.subset('v2'), { weight: 10 }),
        ],
        ...READ,
      },
    ],
  });
}

function routeFromOutside(scope: Construct, { namespace, ingress, host, credentialName }: BookinfoTrafficOptions): void {
  const gateway = new Gateway(scope, 'gateway', {
    name: 'bookinfo',
    ingress,
    servers: [GatewayServer.httpsRedirect(host), GatewayServer.https({ hosts: [host], credentialName })],
  });
  new VirtualService(scope, 'productpage-route', {
    name: 'bookinfo',
    namespace,
    hosts: [host],
    gateways: [gateway],
    // a login is no read: it is not sent twice
    http: [
      {
        name: 'login',
        matches: [{ path: StringMatch.exact('/login'), method: 'POST' }],
        destinations: [RouteDestination.host('productpage')],
        timeout: Duration.seconds(10),
        retries: { attempts: 0 },
      },
      {
        name: 'pages',
        matches: PRODUCT_PAGES.map((page) => ({ path: page.endsWith('*') ? StringMatch.prefix(page.slice(0, -1)) : StringMatch.exact(page) })),
        destinations: [RouteDestination.host('productpage')],
        ...READ,
        timeout: Duration.seconds(15),
      },
    ],
  });
}
