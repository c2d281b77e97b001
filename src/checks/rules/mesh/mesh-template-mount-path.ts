import { injectionTemplates } from '../../../model/mesh/templates';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTemplateMountPath: Rule = {
  id: 'MESH-TEMPLATE-MOUNT-PATH',
  level: Level.WARNING,
  title: 'an injection template mounts the socket a second time',
  why: 'the built-in mount is /var/run/secrets/workload-spiffe-uds; another path is added and does not replace it',
  fix: 'leave the mount out, or use /var/run/secrets/workload-spiffe-uds',
  source: 'observed: istioctl kube-inject of the 1.31 line',
  check: (system, report) => {
    for (const [name, template] of injectionTemplates(system)) {
      template.text.split('\n').forEach((line, i) => {
        const path = /mountPath:\s*["']?([^"'\s,}]+)/.exec(line)?.[1] ?? '';
        if (/spire|spiffe/.test(path) && !/^\/var\/run\/secrets\/workload-spiffe-uds\/?$/.test(path)) report.in(template, i + 1, `template ${name} mounts at ${path}`);
      });
    }
  },
};
