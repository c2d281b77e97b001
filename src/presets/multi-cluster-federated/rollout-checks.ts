import { FederatedCluster } from './federated-cluster';
import { MeshWorkload } from '../../constructs/istio';
import { Stage } from '../../delivery';
import { BOOKINFO_PORT } from '../bookinfo/service';

/**
 * Adds the commands that show whether calls from one cluster to another work, and only those that are allowed.
 */
export function addFederationChecks(from: FederatedCluster, to: FederatedCluster, host: string): void {
  const { productpage, details, reviews } = from._workloads;
  const exec = (workload: MeshWorkload, container: string) => `kubectl -n ${from.namespace} exec deployment/${workload.name} -c ${container} --`;
  const url = `http://${host}:${BOOKINFO_PORT}/details/0`;
  from.addStepAfter(Stage.APPS, {
    purpose: `See that the product page trusts both roots: ROOTCA holds ${from.cluster.trustDomain} and ${to.cluster.trustDomain}`,
    command: `istioctl -n ${from.namespace} proxy-config secret deployment/${productpage.name}`,
    expected: `ROOTCA   CA   ACTIVE   ...   ${from.cluster.trustDomain}\nROOTCA   CA   ACTIVE   ...   ${to.cluster.trustDomain}`,
  });
  from.addStepAfter(Stage.APPS, {
    purpose: `Call details in ${to.cluster.name} (its workloads have to run already)`,
    command: `${exec(productpage, 'productpage')} python3 -c 'import urllib.request as r; print(r.urlopen("${url}").status)'`,
    expected: '200',
  });
  from.addStepAfter(Stage.APPS, {
    purpose: `See that ${to.cluster.name} denies who has no rule, though its identity is trusted: reviews may not ask details`,
    command: `${exec(reviews.v2, 'reviews')} curl -s -o /dev/null -w '%{http_code}\\n' ${url}`,
    expected: '403',
  });
  from.addStepAfter(Stage.APPS, {
    purpose: `See the failover: without details here, the page shows those of ${to.cluster.name}`,
    command: `kubectl -n ${from.namespace} scale deployment/${details.name} --replicas=0 && sleep 10 && \\\n  `
      + `${exec(productpage, 'productpage')} python3 -c 'import urllib.request as r; print(r.urlopen("http://details:${BOOKINFO_PORT}/details/0").status)'; \\\n  `
      + `kubectl -n ${from.namespace} scale deployment/${details.name} --replicas=1`,
    expected: '200',
  });
}
