import { mayDo } from '../../../model/kubernetes/rbac';
import { selectsLabels } from '../../../model/kubernetes/selector';
import { containerPort, servicePorts } from '../../../model/kubernetes/service';
import { Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { hasNoWebhook, isStatic, managerWorkloads, managersOf, servesWebhook } from '../../../model/spire/managers';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

/** The one port of the manager's webhook: webhook.port of its configuration is not read. */
const PORT = 9443;
const DEFAULT_NAME = 'spire-controller-manager-webhook';

export const spireWebhook: Rule = {
  id: 'SPIRE-WEBHOOK',
  level: Level.ERROR,
  title: 'the webhook of the controller manager is not where the API server looks for it',
  why: 'with failurePolicy Fail no ClusterSPIFFEID can be created or changed, with Ignore none is checked; a manager that does not find its configuration exits',
  fix: 'lead the Service of the webhook to port 9443 of the controller manager, and give validatingWebhookConfigurationName its name',
  source: 'spire-controller-manager pkg/webhookmanager; observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    const webhooks = system.all('ValidatingWebhookConfiguration').filter(({ value }) => asObjects(value.webhooks).some(isSpires));
    for (const webhook of webhooks) {
      asObjects(webhook.value.webhooks).forEach((one, i) => {
        const { service } = asObject(one.clientConfig);
        const problem = isSpires(one) ? problemOf(system, asObject(service)) : undefined;
        const asks = problem ? undefined : askingProblem(one);
        if (asks) report.at(webhook, ['webhooks', i], asks, 'write path and rules as the manifests of spire-controller-manager have them');
        if (problem) report.at(webhook, ['webhooks', i, 'clientConfig', 'service'], problem);
        if (problem || !isSpires(one) || one.failurePolicy === 'Ignore' || !isOff(system, asObject(service))) return;
        report.at(webhook, ['webhooks', i, 'failurePolicy'], 'the controller manager runs with ENABLE_WEBHOOKS=false: nobody answers, and every resource is refused', 'remove the ValidatingWebhookConfiguration, or ENABLE_WEBHOOKS');
      });
    }
    if (webhooks.length === 0) {
      for (const workload of managerWorkloads(system).filter(one => servesWebhook(one) && expectsWebhook(system, one))) {
        report.at(workload.manifest, ['metadata', 'name'], 'there is no ValidatingWebhookConfiguration for the controller manager, which exits without', 'add it, or the variable ENABLE_WEBHOOKS=false');
      }
      return;
    }
    for (const manager of managerWorkloads(system).flatMap(workload => (servesWebhook(workload) ? managersOf(system, workload) : []))) {
      const name = asText(manager.value.validatingWebhookConfigurationName) || DEFAULT_NAME;
      const names = webhooks.map(webhook => webhook.name);
      if (!isStatic(manager) && !names.includes(name) && !name.includes('$')) report.at(manager, ['validatingWebhookConfigurationName'], `the manager looks for the ValidatingWebhookConfiguration ${name}, there is ${names.join(', ')}`);
    }
  },
};

function isSpires(webhook: Json): boolean {
  const service = asObject(asObject(webhook.clientConfig).service);
  const isAsked = asObjects(webhook.rules).some(rule => asTexts(rule.apiGroups).includes('spire.spiffe.io'));
  return (isAsked || asText(service.path).startsWith(`${PATH}cluster`)) && asText(service.name) !== '';
}

/** Where the manager answers: behind this, the kind in small letters. */
const PATH = '/validate-spire-spiffe-io-v1alpha1-';
const KINDS = ['clusterspiffeid', 'clusterfederatedtrustdomain'];

/** What keeps a webhook from being asked about its kind, or from answering. */
function askingProblem(webhook: Json): string | undefined {
  const path = asText(asObject(asObject(webhook.clientConfig).service).path);
  const kind = KINDS.find(one => path === `${PATH}${one}`);
  if (kind === undefined) return `the path is ${path || '/'}, the controller manager answers at ${KINDS.map(one => PATH + one).join(' and ')}`;
  const takes = (list: unknown, ...wanted: string[]): boolean => list === undefined || asTexts(list).some(one => one === '*' || wanted.includes(one));
  const isAsked = asObjects(webhook.rules).some(rule => takes(rule.apiGroups, 'spire.spiffe.io') && takes(rule.apiVersions, 'v1alpha1')
    && takes(rule.resources, `${kind}s`) && takes(rule.operations, 'CREATE', 'UPDATE'));
  if (!isAsked) return `no rule of the webhook at ${path} is for creating or updating ${kind}s of spire.spiffe.io/v1alpha1: none is checked`;
  const other = KINDS.find(one => one !== kind && asObjects(webhook.rules).some(rule => asTexts(rule.resources).includes(`${one}s`)));
  return other && `the webhook at ${path} is asked about ${other}s, too, and refuses them`;
}

/** Whether the managers behind the Service of a webhook serve none. */
function isOff(system: System, { namespace, name }: Json): boolean {
  const service = system.find('Service', asText(namespace), asText(name));
  const managers = managerWorkloads(system).filter(workload => workload.namespace === namespace);
  const selected = service ? managers.filter(workload => selectsLabels(service.spec.selector, workload.labels)) : [];
  return selected.length > 0 && selected.every(hasNoWebhook);
}

/** Whether all is there for the webhook of a manager, the right to change it and a Service, and nothing calls it. */
function expectsWebhook(system: System, workload: Workload): boolean {
  const right = { group: 'admissionregistration.k8s.io', resource: 'validatingwebhookconfigurations', verb: 'get', name: DEFAULT_NAME };
  const configs = managersOf(system, workload);
  return configs.length === 1 && !isStatic(configs[0]) && system.all('ValidatingWebhookConfiguration').length === 0
    && mayDo(system, workload, { ...right, name: asText(configs[0].value.validatingWebhookConfigurationName) || DEFAULT_NAME }) === true
    && servicePorts(system, workload).some(({ target }) => target === PORT);
}

function problemOf(system: System, { namespace, name, port = 443 }: Json): string | undefined {
  const managers = managerWorkloads(system).filter(workload => workload.namespace === namespace);
  const service = system.find('Service', asText(namespace), asText(name));
  const near = system.all('Service').find(one => one.name === name && managerWorkloads(system).some(workload => workload.namespace === one.namespace));
  if (!service && near) return `there is no Service ${asText(name)} in namespace ${asText(namespace)}; there is one in ${near.namespace}`;
  if (!service) return managers.length > 0 ? `there is no Service ${asText(name)} in namespace ${asText(namespace)}` : undefined;
  const entry = asObjects(service.spec.ports).find(one => Number(one.port) === Number(port));
  if (!entry) return `the webhook is called on port ${port}, Service ${service.name} has ${asObjects(service.spec.ports).map(one => asText(one.port)).join(', ')}`;
  if (managers.length === 0 || Object.keys(asObject(service.spec.selector)).length === 0) return undefined;
  const selected = managers.filter(workload => selectsLabels(service.spec.selector, workload.labels));
  if (selected.length === 0) return `Service ${service.name} selects no pod of the controller manager`;
  return selected.map(workload => portProblem(service, entry, workload)).find(problem => problem !== undefined);
}

function portProblem(service: Manifest, entry: Json, workload: Workload): string | undefined {
  const target = entry.targetPort ?? entry.port;
  const port = typeof target === 'number' ? target : containerPort(workload, asText(target));
  if (port === undefined) return `Service ${service.name} leads to port "${asText(target)}", and no container of ${workload.name} has a port of that name`;
  return port === PORT ? undefined : `Service ${service.name} leads to port ${port}, the webhook listens on ${PORT}`;
}
