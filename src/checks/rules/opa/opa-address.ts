import { clustersOf, rootOf, typed, usersOf } from '../../../model/envoy';
import { addressesOf, isLoopback } from '../../../model/envoy-ports';
import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { mountedConfigs, opaContainers, pluginArgument, pluginPort } from '../../../model/opa';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaAddress: Rule = {
  id: 'OPA-ADDRESS',
  level: Level.ERROR,
  title: 'Envoy asks OPA in its pod at a port that OPA does not listen on',
  why: 'nobody answers there: every request is refused, or let in where the filter fails open',
  fix: 'give plugins.envoy_ext_authz_grpc.addr and the endpoint of Envoy\'s cluster the same port',
  source: 'opa-envoy-plugin README; envoy ext_authz',
  check: (system, report) => {
    const ports = new Map(opaContainers(system).map(({ workload, args }) => [workload, portOf(system, workload, args)]));
    for (const envoy of system.envoys) {
      const asked = askedPorts(envoy);
      for (const workload of new Set((asked.length > 0 ? usersOf(system, envoy) : []).map(user => user.workload))) {
        const port = ports.get(workload) ?? 0;
        const wrong = asked.find(one => one.port !== port && !isOfOthers(workload, one.port));
        if (port > 0 && wrong && !asked.some(one => one.port === port)) report.at(envoy, wrong.path, `cluster ${wrong.name} leads to port ${wrong.port}, OPA in ${workload.name} listens on ${port}`);
      }
    }
  },
};

/** Where OPA listens: an argument wins, and one configuration says it where there is no other. */
function portOf(system: System, workload: Workload, args: string[]): number | undefined {
  const given = pluginArgument(args, 'addr');
  if (given !== undefined) return Number(/:(\d+)$/.exec(given)?.[1] ?? 0);
  const configs = mountedConfigs(system, workload);
  return configs.length === 1 && configs[0].value.plugins?.envoy_ext_authz_grpc !== undefined ? pluginPort(configs[0]) : undefined;
}

/** The ports of the own pod at which an Envoy asks for decisions. */
function askedPorts(envoy: Manifest): { name: string; port: number; path: (string | number)[] }[] {
  const names = typed(rootOf(envoy), 'ext_authz.v3.ExtAuthz').map(({ value }) => asText(asObject(asObject(value.grpc_service).envoy_grpc).cluster_name));
  return clustersOf(envoy).filter(({ value }) => names.includes(asText(value.name))).flatMap(({ path, value }) => addressesOf(value)
    .filter(({ address }) => isLoopback(address)).map(({ port }) => ({ name: asText(value.name), port, path: [...path, 'load_assignment'] })));
}

function isOfOthers(workload: Workload, port: number): boolean {
  return workload.containers.some(({ value }) => asObjects(value.ports).some(({ containerPort }) => containerPort === port));
}
