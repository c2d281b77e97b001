import { hasOtherPolicies, ingressPolicies, opensToAnybody, opensToNodes, opensToOutside } from '../../../model/kubernetes/network-policy';
import { scrapedPorts } from '../../../model/kubernetes/scraped-ports';
import { selectedPods } from '../../../model/kubernetes/selected-pods';
import { isInside, servicePorts, targetOf } from '../../../model/kubernetes/service';
import { Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { serversOf } from '../../../model/mesh/gateway-servers';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const opsPolicyClosed: Rule = {
  id: 'OPS-POLICY-CLOSED',
  level: Level.WARNING,
  title: 'NetworkPolicies close what a Service, a webhook or a monitor leads to',
  why: 'callers wait until they give up: nothing is scraped, and the API server refuses objects whose webhook does not answer',
  fix: 'let the callers reach the port: the API server by ipBlock, callers from outside by ipBlock or without from',
  source: 'Kubernetes NetworkPolicy',
  check: (system, report) => {
    if (system.all('NetworkPolicy').length === 0 || hasOtherPolicies(system)) return;
    for (const { monitor, path, workload, port } of scrapedPorts(system)) {
      if (isClosed(system, workload, policy => opensToAnybody(policy, workload, port))) report.at(monitor, path, `no NetworkPolicy lets anybody reach port ${port} of ${placeOf(workload)}`);
    }
    for (const service of system.all('Service').filter(isOpenToOutside)) checkService(system, report, service);
    for (const service of system.all('Service').filter(isInCluster)) checkInside(system, report, service);
    for (const kind of ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']) {
      for (const webhooks of system.all(kind)) checkWebhooks(system, report, webhooks);
    }
  },
};

/** The port that tells whether a gateway of Istio is ready. */
const STATUS = 15021;

function checkService(system: System, report: Report, service: Manifest): void {
  for (const workload of selectedPods(system, service.namespace, { matchLabels: service.spec.selector })) {
    // FED-ENDPOINT-CLOSED knows the ports of servers
    if (workload.containers.some(({ image }) => /(^|\/)spire-server[:@]/.test(image))) continue;
    for (const ports of portsOf(system, service, workload)) {
      const targets = ports.flatMap(port => targetOf(port, workload) ?? []).filter(port => port !== STATUS);
      if (targets.length === 0 || !isClosed(system, workload, policy => targets.some(target => opensToOutside(policy, workload, target)))) continue;
      report.at(service, ['spec', 'type'], `no NetworkPolicy lets callers from outside reach port ${targets.join(', ')} of ${placeOf(workload)}`);
    }
  }
}

/** What is there to be called; that nobody calls another Service may be meant. */
const CALLED = /(^|\/)(oidc-discovery-provider|opa(-envoy|-istio)?)[:@]/;

/** A Service of the cluster whose pods have policies that open ports, and none of its own. */
function checkInside(system: System, report: Report, service: Manifest): void {
  for (const workload of selectedPods(system, service.namespace, { matchLabels: service.spec.selector })) {
    if (!workload.containers.some(({ image }) => CALLED.test(image))) continue;
    const targets = asObjects(service.spec.ports).filter(({ protocol = 'TCP' }) => protocol === 'TCP').flatMap(port => targetOf(port, workload) ?? []);
    const isMeant = ingressPolicies(system, workload).some(({ spec }) => asObjects(spec.ingress).some(rule => asObjects(rule.ports).length > 0));
    const opens = (policy: Manifest): boolean => targets.some(target => opensToAnybody(policy, workload, target));
    if (targets.length === 0 || !isMeant || !isClosed(system, workload, opens)) continue;
    report.at(service, ['spec', 'ports'], `no NetworkPolicy lets anybody reach port ${targets.join(', ')} of ${placeOf(workload)}`);
  }
}

/** The ports of which one at least is wanted: each of those that a Gateway listens on, or any. */
function portsOf(system: System, service: Manifest, workload: Workload): Json[][] {
  const ports = asObjects(service.spec.ports);
  const listens = new Set(serversOf(system, workload).map(({ port }) => port));
  return listens.size > 0 ? ports.filter(({ port }) => listens.has(Number(port))).map(port => [port]) : [ports];
}

function checkWebhooks(system: System, report: Report, webhooks: Manifest): void {
  asObjects(webhooks.value.webhooks).forEach((webhook, i) => {
    const { name, namespace, port = 443 } = asObject(asObject(webhook.clientConfig).service);
    const service = system.find('Service', asText(namespace), asText(name));
    for (const workload of service ? system.workloadsIn(service.namespace) : []) {
      const target = servicePorts(system, workload).find(one => one.service === service && one.port === Number(port))?.target;
      if (target === undefined || !isClosed(system, workload, policy => opensToNodes(policy, workload, target))) continue;
      report.at(webhooks, ['webhooks', i, 'clientConfig', 'service'], `no NetworkPolicy lets the API server, which is no pod, reach port ${target} of ${placeOf(workload)}`);
    }
  });
}

function isInCluster(service: Manifest): boolean {
  const { type, clusterIP, selector } = service.spec;
  return service.group === '' && ['', 'ClusterIP'].includes(asText(type)) && clusterIP !== 'None' && Object.keys(asObject(selector)).length > 0;
}

/** Whether a Service has an address outside, and leads to pods. */
function isOpenToOutside(service: Manifest): boolean {
  return service.group === '' && !isInside(service) && service.spec.type !== 'ExternalName' && Object.keys(asObject(service.spec.selector)).length > 0;
}

/** Whether pods are guarded by policies of which none opens something. */
function isClosed(system: System, workload: Workload, opens: (policy: Manifest) => boolean): boolean {
  const policies = workload.pod.hostNetwork === true ? [] : ingressPolicies(system, workload);
  return policies.length > 0 && !policies.some(opens);
}

function placeOf({ namespace, name }: Workload): string {
  return `${namespace}/${name}`;
}
