import { isLoopback } from '../../../model/envoy-ports';
import { servicePorts } from '../../../model/kubernetes/service';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { mountedConfigs, opaContainers, pluginOf, pluginPort } from '../../../model/opa';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaPort: Rule = {
  id: 'OPA-PORT',
  level: Level.ERROR,
  title: 'a Service leads to a port that OPA does not listen on',
  why: 'nobody answers there: every request that asks OPA is refused, or let in where the filter fails open',
  fix: 'lead the Service to the port of plugins.envoy_ext_authz_grpc.addr, which is 9191 where it is not set',
  source: 'opa-envoy-plugin internal/internal.go',
  check: (system, report) => {
    for (const { workload, container, args } of opaContainers(system)) {
      if (workload.containers.filter(({ init }) => !init).length > 1 || args.some(arg => /plugins\.envoy_ext_authz_grpc|^-a|^--(diagnostic-)?addr$/.test(arg))) continue;
      const configs = mountedConfigs(system, workload);
      const ports = new Set([...configs.map(pluginPort), ...args.flatMap(arg => Number(/^--(?:diagnostic-)?addr=.*:(\d+)$/.exec(arg)?.[1] ?? NaN)), 8181, 8282]);
      if (configs.length !== 1 || [...ports].includes(undefined)) continue;
      const address = asText(asObject(pluginOf(configs[0])).addr).replace(/:\d+$/, '');
      const declared = asObjects(container.value.ports).map(({ containerPort }) => Number(containerPort));
      for (const { port, target, service } of servicePorts(system, workload)) {
        const isGrpc = asObjects(service.spec.ports).some(one => Number(one.port) === port && /grpc|authz/.test(asText(one.name) + asText(one.appProtocol)));
        const isOwn = isGrpc && target !== undefined && target === pluginPort(configs[0]) && isLoopback(address);
        if (isOwn) report.at(configs[0], ['plugins', 'envoy_ext_authz_grpc', 'addr'], `OPA listens on ${address} only, Service ${service.name} leads to the address of the pod`, 'write addr: ":9191"');
        if (isGrpc && target !== undefined && !ports.has(target)) report.at(configs[0], ['plugins', 'envoy_ext_authz_grpc', 'addr'], `OPA listens on ${pluginPort(configs[0])}, Service ${service.name} leads to ${target}${declared.includes(target) ? ', which the container declares' : ''}`);
      }
    }
  },
};
