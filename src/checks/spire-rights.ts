import { Right, mayDo } from '../model/kubernetes/rbac';
import { Workload } from '../model/kubernetes/workload';
import { asObject, asText } from '../model/manifest';
import { publishedBundles } from '../model/spire/bundles';
import { versionOf } from '../model/spire/images';
import { RECONCILED, isStatic, managerContainers, managerWorkloads, managersOf, reconciles, servesWebhook } from '../model/spire/managers';
import { pluginsOf, psatClusters } from '../model/spire/queries';
import { System } from '../model/system';

/** A right and who needs it. */
export interface Need extends Right {
  readonly workload: Workload;
}

/** What the programs of SPIRE do at the API server, as seen in runs. */
export function neededRights(system: System): Need[] {
  return [...serverRights(system), ...agentRights(system), ...managerRights(system)];
}

function serverRights(system: System): Need[] {
  return system.servers.flatMap(server => {
    const { workload } = server;
    if (!workload) return [];
    const attests = [...psatClusters(server).values()].some(cluster => cluster.text('kube_config_file') === '');
    const bundles = publishedBundles(system).filter(bundle => bundle.server === server && !bundle.remote);
    const issuers = pluginsOf(server, 'UpstreamAuthority', 'cert-manager').map(({ config }) => config)
      .filter(config => config.text('namespace') !== '' && config.text('kube_config_file') === '');
    return [
      ...attests ? [
        { workload, group: 'authentication.k8s.io', resource: 'tokenreviews', verb: 'create' },
        { workload, group: '', resource: 'pods', verb: 'get' },
        { workload, group: '', resource: 'nodes', verb: 'get' },
      ] : [],
      ...bundles.flatMap(({ namespace, name, notifier }) => [...notifier ? ['get'] : [], 'patch'].map(verb =>
        ({ workload, group: '', resource: 'configmaps', verb, namespace, name }))),
      ...issuers.flatMap(config => ['create', 'get'].map(verb =>
        ({ workload, group: 'cert-manager.io', resource: 'certificaterequests', verb, namespace: config.text('namespace') }))),
    ];
  });
}

function agentRights(system: System): Need[] {
  return system.agents.flatMap(agent => {
    const attestor = pluginsOf(agent, 'WorkloadAttestor', 'k8s')[0]?.config;
    if (!agent.workload || !attestor || attestor.bool('disable_kubelet_client') || (attestor.int('kubelet_read_only_port') ?? 0) > 0
      || attestor.text('certificate_path') !== '' || attestor.bool('use_anonymous_authentication')) return [];
    const namespaces = attestor.bool('enable_namespace_labels') ? [{ workload: agent.workload, group: '', resource: 'namespaces', verb: 'get' }] : [];
    // Kubelets of Kubernetes 1.33 and later take the right to nodes/pods for their list of pods.
    return [{ workload: agent.workload, group: '', resource: 'nodes/proxy', alternative: 'nodes/pods', verb: 'get' }, ...namespaces];
  });
}

function managerRights(system: System): Need[] {
  return managerWorkloads(system).flatMap(workload => {
    const configs = managersOf(system, workload);
    const others = configs.filter(config => !isStatic(config));
    if (configs.length > 0 && others.length === 0) return [];
    const looksAfter = (kind: string): boolean => others.length === 0 || others.some(config => reconciles(config, kind));
    const isKnown = (kind: string): boolean => kind !== 'ClusterStaticEntry' || !isOlder(workload, 3);
    const kinds = Object.keys(RECONCILED).filter(kind => isKnown(kind) && looksAfter(kind)).map(kind => RECONCILED[kind].toLowerCase());
    const webhooks = servesWebhook(workload) ? others : [];
    return [
      ...webhooks.flatMap(config => ['get', 'patch'].map(verb => ({
        workload,
        group: 'admissionregistration.k8s.io',
        resource: 'validatingwebhookconfigurations',
        verb,
        name: asText(config.value.validatingWebhookConfigurationName) || 'spire-controller-manager-webhook',
      }))),
      // without the list of them its certificate is not renewed, and ends after a day
      ...webhooks.length > 0 ? [{ workload, group: 'admissionregistration.k8s.io', resource: 'validatingwebhookconfigurations', verb: 'list' }] : [],
      ...others.filter(({ value }) => asObject(value.leaderElection).leaderElect === true).flatMap(({ value }) => ['get', 'create', 'update'].map(verb =>
        ({ workload, group: 'coordination.k8s.io', resource: 'leases', verb, namespace: asText(asObject(value.leaderElection).resourceNamespace) || workload.namespace }))),
      ...kinds.map(resource => ({ workload, group: 'spire.spiffe.io', resource, verb: 'list' })),
      ...looksAfter('ClusterSPIFFEID') ? ['pods', 'nodes', 'namespaces', ...watchesEndpoints(system, workload) ? ['endpoints'] : []]
        .map(resource => ({ workload, group: '', resource, verb: 'list' })) : [],
    ];
  });
}

/** Whether a manager is of a release before 0.3, or another one. */
function isOlder(workload: Workload, minor: number): boolean {
  return managerContainers(workload).some(({ image }) => {
    const version = versionOf(image);
    return version?.major === 0 && version.minor < minor;
  });
}

/** Whether a manager takes the addresses of Services from their Endpoints: it waits for their list, and exits after two minutes without. */
function watchesEndpoints(system: System, workload: Workload): boolean {
  return !isOlder(workload, 4) && mayDo(system, workload, { group: 'discovery.k8s.io', resource: 'endpointslices', verb: 'list' }) !== true;
}
