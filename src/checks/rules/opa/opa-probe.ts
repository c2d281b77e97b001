import { PROBES } from '../../../model/kubernetes/probes';
import { Json, asObject, asObjects, asText } from '../../../model/manifest';
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
      for (const probe of PROBES) {
        const asked = asText(asObject(asObject(container.value[probe]).httpGet).port);
        const port = asText(asObjects(container.value.ports).find(({ name }) => asText(name) === asked)?.containerPort) || asked;
        const [address] = port === '' ? [] : own.filter(one => one.endsWith(`:${port}`));
        const reason = unanswered(container.value[probe], own, script);
        if (reason) report.at(workload.manifest, [...container.path, probe], reason, 'probe /health on the port of --diagnostic-addr');
        if (address !== undefined && /^(https?:\/\/)?(localhost|127\.)/.test(address)) report.at(workload.manifest, [...container.path, probe], `OPA listens on ${address} only`);
      }
    }
  },
};

/** Why a probe gets no answer, or 404, where the arguments tell where OPA listens. */
function unanswered(probe: Json, own: readonly string[], script: string): string | undefined {
  const { path, port } = asObject(asObject(probe).httpGet);
  const ports = own.map(one => Number(/:(\d+)$/.exec(one)?.[1]));
  if (typeof port !== 'number' || !script.includes('--diagnostic-addr') || ports.some(Number.isNaN)) return undefined;
  const isOpen = ports.includes(port) || (!/--addr|-a /.test(script) && port === 8181);
  if (!isOpen) return `the probe asks port ${port}, OPA listens on ${ports.join(' and ')}`;
  const [asked] = (asText(path) || '/').split('?');
  return /^\/(health(\/.*)?|metrics|v[01]\/.*)?$/.test(asked) ? undefined : `OPA has no ${asked}, and answers 404`;
}
