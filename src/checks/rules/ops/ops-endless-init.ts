import { containersOf } from '../../../model/kubernetes/containers';
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
      const isServer = /(^|\/)envoy/.test(container.image) ? !container.args.some(arg => /validate|--version/.test(arg)) : container.args.some(arg => /^(--server|-s)$/.test(arg));
      if (container.init && isOwn && isServer && container.value.restartPolicy !== 'Always') {
        report.at(workload.manifest, container.path, `init container ${container.name} runs until it is stopped`);
      }
    }
  },
};
