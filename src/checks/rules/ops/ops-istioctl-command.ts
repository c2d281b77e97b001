import { ciScripts, configScripts } from '../../../model/ci-scripts';
import { scriptLine, scriptsOf } from '../../../model/kubernetes/containers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsIstioctlCommand: Rule = {
  id: 'OPS-ISTIOCTL-COMMAND',
  level: Level.WARNING,
  title: 'a command of istioctl is gone',
  why: 'istioctl ends with "unknown command", and the job with it',
  fix: 'use istioctl x describe pod, istioctl proxy-config secret, or istioctl x authz check',
  source: 'observed: istioctl of the 1.31 line',
  check: (system, report) => {
    for (const { workload, container } of scriptsOf(system)) {
      const command = container.args.join('\n').split('\n').map(line => GONE.exec(line)?.[1]).find(found => found !== undefined);
      if (command) report.on(workload.manifest, scriptLine(workload, container, /istioctl authn/), `istioctl has no command ${command}`);
    }
    for (const script of [...ciScripts(system), ...configScripts(system)]) {
      script.text.split('\n').forEach((line, i) => {
        const command = GONE.exec(line)?.[1];
        if (command) report.in(script, i + 1, `istioctl has no command ${command}`);
      });
    }
  },
};

/** Where a command begins, so that texts and comments that speak of it are left alone. */
const GONE = /(?:^\s*|[;&|(]\s*|\$\()istioctl (authn)\b/;
