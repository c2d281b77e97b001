import { EnvoyPart, typed, usersOf } from '../../../model/envoy';
import { portsOf } from '../../../model/envoy-ports';
import { PROBES } from '../../../model/kubernetes/probes';
import { Json, asList, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyProbe: Rule = {
  id: 'ENVOY-PROBE',
  level: Level.ERROR,
  title: 'a probe asks Envoy for a path that it has no route for',
  why: 'Envoy answers 404, so the pod is never ready, or is restarted for ever',
  fix: 'ask for a path of a route of that listener, or add the route',
  source: 'envoy config.route.v3.RouteMatch; Kubernetes probes',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const open = portsOf(envoy) ?? [];
      for (const workload of new Set((open.length > 0 ? usersOf(system, envoy) : []).map(user => user.workload))) {
        for (const container of workload.containers) {
          for (const name of PROBES) {
            const { path, port, scheme = 'HTTP', host } = asObject(asObject(container.value[name]).httpGet);
            const listener = scheme === 'HTTP' && !host ? open.find(one => one.port === port)?.listener : undefined;
            const routes = listener && routesOf(listener);
            if (!routes || routes.some(match => takes(match, asText(path) || '/'))) continue;
            report.at(workload.manifest, [...container.path, name, 'httpGet', 'path'], `Envoy has no route for ${asText(path) || '/'} on port ${asText(port)}`);
          }
        }
      }
    }
  },
};

/** What the routes of a listener match; undefined where it does not show them, or answers otherwise. */
function routesOf(listener: EnvoyPart): Json[] | undefined {
  const managers = typed(listener, 'HttpConnectionManager');
  const [hosts] = managers.map(({ value }) => asObjects(asObject(value.route_config).virtual_hosts));
  const filters = managers.flatMap(({ value }) => asList(value.http_filters));
  const isPlain = managers.length === 1 && filters.length <= 1 && typed(listener, 'DownstreamTlsContext').length === 0;
  if (!isPlain || hosts.length === 0 || !hosts.every(({ domains }) => asTexts(domains).includes('*'))) return undefined;
  return hosts.flatMap(({ routes }) => asObjects(routes)).map(({ match }) => asObject(match));
}

function takes({ path, prefix, path_separated_prefix: parent, ...match }: Json, wanted: string): boolean {
  const [asked] = wanted.split('?');
  if (typeof path === 'string') return path === asked;
  if (typeof prefix === 'string') return asked.startsWith(prefix);
  if (typeof parent === 'string') return asked === parent || asked.startsWith(`${parent}/`);
  return Object.keys(match).some(key => /regex|connect|policy/.test(key));
}
