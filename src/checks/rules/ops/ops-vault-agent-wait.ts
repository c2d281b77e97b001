import { Workload } from '../../../model/kubernetes/workload';
import { asText } from '../../../model/manifest';
import { isInjected } from '../../../model/mesh/injection';
import { isOlderThan } from '../../../model/mesh/version';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsVaultAgentWait: Rule = {
  id: 'OPS-VAULT-AGENT-WAIT',
  level: Level.WARNING,
  title: 'the init container of Vault Agent waits for a proxy that starts after it',
  why: 'its traffic is sent to the proxy, which starts when the init containers have ended: the pod stays in Init; since Istio 1.27 the proxy is a native sidecar, which starts first, unless that is turned off or the kubelet is older than 1.33',
  fix: 'set traffic.sidecar.istio.io/excludeOutboundPorts to the port of Vault, or vault.hashicorp.com/agent-init-first: "true"',
  source: 'istio issue 43324',
  check: (system, report) => {
    for (const workload of system.workloads) {
      const { annotations } = workload;
      if (annotations[`${VAULT}/agent-inject`] !== 'true' || annotations[`${VAULT}/agent-pre-populate`] === 'false' || !isInjected(system, workload)) continue;
      if (isFree(annotations) || !isLate(system, annotations)) continue;
      report.at(workload.manifest, workload.at('metadata', 'annotations', `${VAULT}/agent-inject`), `the proxy takes the traffic to ${hostOf(workload)}, and is not there yet`);
    }
  },
};

const VAULT = 'vault.hashicorp.com';
const TRAFFIC = 'traffic.sidecar.istio.io';

function isFree(annotations: Record<string, string>): boolean {
  const port = /:(\d+)(?:\/|$)/.exec(annotations[`${VAULT}/service`] ?? '')?.[1] ?? '8200';
  const ports = (annotations[`${TRAFFIC}/excludeOutboundPorts`] ?? '').split(',').map(text => text.trim());
  const others = [`${TRAFFIC}/excludeOutboundIPRanges`, `${TRAFFIC}/includeOutboundIPRanges`, `${TRAFFIC}/includeOutboundPorts`];
  return ports.includes(port) || others.some(name => asText(annotations[name]) !== '') || annotations[`${VAULT}/agent-init-first`] === 'true'
    || annotations['sidecar.istio.io/nativeSidecar'] === 'true' || annotations[`${VAULT}/agent-run-as-user`] === '1337';
}

/** Whether the proxy is known to be no native sidecar. */
function isLate(system: System, annotations: Record<string, string>): boolean {
  return annotations['sidecar.istio.io/nativeSidecar'] === 'false' || isOlderThan(system.meshes, 27)
    || system.meshes.some(({ env }) => env.some(({ name, value }) => name === 'ENABLE_NATIVE_SIDECARS' && value === 'false'));
}

function hostOf(workload: Workload): string {
  return workload.annotations[`${VAULT}/service`] ?? 'Vault';
}
