import { isEnvoyAlone } from '../../../model/envoy-ports';
import { containersOf } from '../../../model/kubernetes/containers';
import { Container } from '../../../model/kubernetes/workload';
import { asTexts } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsEndlessInit: Rule = {
  id: 'OPS-ENDLESS-INIT',
  level: Level.ERROR,
  title: 'an init container is a server that never ends',
  why: 'the next container starts when this one has ended: the pod stays in Init for ever',
  fix: 'write restartPolicy: Always, which makes it a sidecar, or move it to containers',
  source: 'Kubernetes: init containers, sidecar containers',
  check: (system, report) => {
    for (const { workload, container } of containersOf(system, /(^|\/)(envoy|opa)(-[a-z]+)*(:|@|$)/)) {
      const [program = ''] = asTexts(container.value.command);
      const isOwn = /^$|(^|\/)(envoy|opa|docker-entrypoint\.sh)$/.test(program);
      const isServer = isEnvoyAlone(container.image) ? !container.args.some(arg => /validate|--version/.test(arg)) : container.args.some(arg => /^(--server|-s)$/.test(arg));
      if (container.init && isOwn && isServer) {
        report.at(workload.manifest, container.path, `init container ${container.name} runs until it is stopped`);
      }
    }
    for (const { workload, container, config } of [...system.servers, ...system.agents, ...system.oidcProviders, ...system.helpers]) {
      if (!container?.init || !runsByItself(container)) continue;
      if (config?.kind === 'helper' && (config.file.bool('daemon_mode') === false || container.args.some(arg => /daemon/i.test(arg)))) continue;
      report.at(workload!.manifest, container.path, `init container ${container.name} runs until it is stopped`);
    }
  },
};

/** Whether a program of SPIRE is started as its image does, and no command of it that ends. */
function runsByItself({ value, args }: Container): boolean {
  const [program, command] = asTexts(value.command);
  const isOwn = program === undefined || /(^|\/)(spire-(server|agent)|oidc-discovery-provider|spiffe-helper)$/.test(program);
  return isOwn && (command ?? 'run') === 'run' && !args.some(arg => /^-{0,2}(h|help|version|api|validate|healthcheck)$/.test(arg));
}
