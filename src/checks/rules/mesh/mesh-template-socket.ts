import { injectionTemplates } from '../../../model/mesh/templates';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTemplateSocket: Rule = {
  id: 'MESH-TEMPLATE-SOCKET',
  level: Level.ERROR,
  title: 'an injection template does not bring the socket to where Istio looks',
  why: 'istio-agent looks in /var/run/secrets/workload-spiffe-uds only, which is the volume workload-socket; the proxy silently takes Istio\'s own CA',
  fix: 'give the template a csi volume named workload-socket, and nothing else',
  source: 'istio pkg/security/security.go; observed: istioctl kube-inject of the 1.31 line',
  check: (system, report) => {
    for (const [name, template] of injectionTemplates(system)) {
      if (!/spire|spiffe/.test(`${name} ${template.text}`)) continue;
      const socket = template.text.split('\n').findIndex(text => /name:\s*["']?workload-socket/.test(text)) + 1;
      // A hostPath has a rule of its own.
      if (socket > 0 && !/csi:|hostPath:|\{\{/.test(template.text)) report.in(template, socket, `volume workload-socket of template ${name} is no csi volume`);
      if (socket > 0) continue;
      const line = template.text.split('\n').findIndex(text => /hostPath|volumes:/.test(text)) + 1;
      report.in(template, Math.max(line, 1), `template ${name} has no volume workload-socket`);
    }
  },
};
