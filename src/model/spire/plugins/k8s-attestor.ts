import { BOOL, Block, INT, STRING, Shape, block, listOf, strings } from '../../../formats/hcl/reader';
import { Problems } from '../problems';
import { parseDuration, spiffeIdError } from '../values';
import { More, Report } from './plugin-kind';

/** The keys of the agent's k8s workload attestor, sigstore apart. */
export const K8S: Record<string, Shape> = {
  kubelet_read_only_port: INT,
  kubelet_secure_port: INT,
  disable_kubelet_client: BOOL,
  max_poll_attempts: INT,
  ...strings('poll_retry_interval', 'kubelet_ca_path', 'token_path', 'certificate_path', 'private_key_path', 'node_name_env', 'node_name', 'reload_interval'),
  skip_kubelet_verification: BOOL,
  use_anonymous_authentication: BOOL,
  disable_container_selectors: BOOL,
  use_new_container_locator: BOOL,
  verbose_container_locator_logs: BOOL,
  enable_namespace_labels: BOOL,
  experimental: block({
    api_server: block({ cache: block({ enabled: BOOL }) }),
    broker: block({ access_policy: STRING, brokers: listOf(block(strings('id', 'pod_reference_scope'))) }),
  }),
};

const KUBELET_KEYS = ['kubelet_ca_path', 'token_path', 'certificate_path', 'private_key_path', 'node_name_env', 'node_name', 'reload_interval'];

export function checkK8s(config: Block, report: Report, { problems }: More): void {
  for (const name of ['poll_retry_interval', 'reload_interval']) {
    const text = config.text(name);
    if (text !== '' && parseDuration(text) === undefined) report(`${name} "${text}" is no duration`, name);
  }
  const [secure, readOnly] = [config.int('kubelet_secure_port') ?? 0, config.int('kubelet_read_only_port') ?? 0];
  if (secure > 0 && readOnly > 0) report('kubelet_secure_port and kubelet_read_only_port exclude each other', 'kubelet_read_only_port');
  // both are read where the kubelet asks for who calls
  const isAsked = readOnly <= 0 && !config.bool('use_anonymous_authentication');
  if (isAsked && (config.text('certificate_path') === '') !== (config.text('private_key_path') === '')) {
    report('certificate_path and private_key_path belong together', 'certificate_path');
  }
  const broker = checkExperimental(config, report);
  if (config.bool('disable_kubelet_client')) checkDisabledKubelet(config, broker, report);
  if (config.bool('disable_kubelet_client') && !broker) {
    problems.warn('value', 'WorkloadAttestor "k8s": with disable_kubelet_client no pod is attested that asks by itself', config.at('disable_kubelet_client'), 'remove it, or let brokers ask: experimental.broker');
  }
  if (config.bool('use_new_container_locator') === false) warnOfLocator('k8s', 'use_new_container_locator', config, problems);
}

/** The older way to find the container of a process. */
export function warnOfLocator(attestor: string, key: string, config: Block, problems: Problems): void {
  problems.warn('deprecated', `WorkloadAttestor "${attestor}": ${key} keeps the old container locator, which a later release removes`, config.at(key), 'remove it');
}

function checkDisabledKubelet(config: Block, broker: Block | undefined, report: Report): void {
  const conflicts = [
    ...['kubelet_read_only_port', 'kubelet_secure_port'].filter(name => (config.int(name) ?? 0) > 0),
    ...['skip_kubelet_verification', 'use_anonymous_authentication'].filter(name => config.bool(name)),
    ...KUBELET_KEYS.filter(name => config.text(name) !== ''),
  ];
  conflicts.forEach(name => report(`disable_kubelet_client cannot be used with ${name}`, name));
  for (const entry of broker?.blocks('brokers') ?? []) {
    if (entry.text('pod_reference_scope') !== 'cluster') report('pod_reference_scope must be "cluster" with disable_kubelet_client', 'experimental');
  }
}

function checkExperimental(config: Block, report: Report): Block | undefined {
  const experimental = config.block('experimental');
  const apiServer = experimental?.block('api_server');
  const broker = experimental?.block('broker');
  const blocks = [experimental, apiServer, apiServer?.block('cache'), broker, ...broker?.blocks('brokers') ?? []];
  for (const [key] of blocks.flatMap(found => [...found?.unused ?? []])) report(`unknown key "${key}"`, 'experimental');
  if (broker) checkBroker(broker, report);
  return broker;
}

function checkBroker(broker: Block, report: Report): void {
  if (!['permissive', 'enforced'].includes(broker.text('access_policy'))) {
    report(`experimental.broker.access_policy "${broker.text('access_policy')}" is unknown`, 'experimental', 'use permissive or enforced');
  }
  const brokers = broker.blocks('brokers');
  if (brokers.length === 0) report('experimental.broker.brokers needs at least one broker', 'experimental');
  const seen = new Set<string>();
  for (const entry of brokers) {
    const id = entry.text('id');
    const reason = spiffeIdError(id);
    if (reason) report(`broker id "${id}": ${reason}`, 'experimental');
    if (seen.has(id)) report(`broker id "${id}" is given twice`, 'experimental');
    seen.add(id);
    const scope = entry.text('pod_reference_scope');
    if (!['', 'agent_node', 'cluster'].includes(scope)) report(`pod_reference_scope "${scope}" is unknown`, 'experimental', 'use agent_node or cluster');
  }
}
