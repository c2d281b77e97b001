import { asObject, asText } from '../../../model/manifest';
import { opaContainers } from '../../../model/opa';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaProbe: Rule = {
  id: 'OPA-PROBE',
  level: Level.ERROR,
  title: 'a probe of OPA asks an address that only the pod itself reaches',
  why: 'the kubelet calls the address of the pod, and OPA listens on localhost: the pod is never ready, or is restarted for ever',
  fix: 'set --diagnostic-addr=0.0.0.0:8282 and probe /health?plugins on 8282',
  source: 'opa-envoy-plugin README',
  check: (system, report) => {
    for (const { workload, container, args } of opaContainers(system)) {
      const script = args.join(' ');
      const listens = (option: string): string[] => [...script.matchAll(new RegExp(`--${option}[= ](\\S+)`, 'g'))].map(match => match[1]);
      const own = [...listens('addr'), ...listens('diagnostic-addr')];
      for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
        const port = asText(asObject(asObject(container.value[probe]).httpGet).port);
        const [address] = port === '' ? [] : own.filter(one => one.endsWith(`:${port}`));
        if (address !== undefined && /^(https?:\/\/)?(localhost|127\.)/.test(address)) report.at(workload.manifest, [...container.path, probe], `OPA listens on ${address} only`);
      }
    }
  },
};
