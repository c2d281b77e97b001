import { collect } from '../../../model/collect';
import { isFilledIn } from '../../../model/filled-in';
import { byNamespace, othersThan } from '../../../model/kubernetes/by-namespace';
import { GATEWAY_API } from '../../../model/kubernetes/gateway-api';
import { Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshWaypoint: Rule = {
  id: 'MESH-WAYPOINT',
  level: Level.WARNING,
  title: 'an object is sent through a waypoint, or is for a gateway, that is not there',
  why: 'traffic goes on without the waypoint, and a policy without its gateway holds nowhere',
  fix: 'write the name of the Gateway; for one of another namespace add istio.io/use-waypoint-namespace',
  source: 'istio ambient, waypoint proxies; AuthorizationPolicy targetRefs',
  check: (system, report) => {
    const tell = (object: Manifest, path: Path, namespace: string, name: string, isForWaypoint: boolean): void => {
      if (name === '' || isFilledIn(name) || othersThan(system, GATEWAY_API, 'Gateway', namespace, name) === undefined) return;
      // waypoints are often made by istioctl: those that are seen tell that they are not
      const others = isForWaypoint ? waypoints(system).get(namespace) : byNamespace(system, `${GATEWAY_API}/Gateway`).get(namespace);
      if (others) report.at(object, path, `there is no Gateway ${namespace}/${name}, there is ${others.slice(0, 3).map(one => one.name).join(', ')}`);
    };
    for (const object of KINDS.flatMap(kind => system.all(kind))) {
      const label = object.labels[LABEL] ?? '';
      const namespace = object.labels[`${LABEL}-namespace`] ?? (object.kind === 'Namespace' ? object.name : object.namespace);
      if (label !== 'none') tell(object, ['metadata', 'labels', LABEL], namespace, label, true);
    }
    for (const policy of POLICIES.flatMap(kind => system.all(kind)).filter(({ group }) => group.endsWith('istio.io'))) {
      const one: [Path, unknown][] = [[['spec', 'targetRef'], policy.spec.targetRef]];
      const all = asObjects(policy.spec.targetRefs).map((reference, i): [Path, unknown] => [['spec', 'targetRefs', i], reference]);
      for (const [path, reference] of [...one, ...all]) {
        const { kind, name } = asObject(reference);
        if (kind === 'Gateway') tell(policy, path, policy.namespace, asText(name), asText(name).includes('waypoint'));
      }
    }
  },
};

const LABEL = 'istio.io/use-waypoint';
const KINDS = ['Namespace', 'Service', 'ServiceEntry'];
const POLICIES = ['AuthorizationPolicy', 'RequestAuthentication', 'Telemetry', 'WasmPlugin'];

/** The waypoints of each namespace. */
const waypoints = once((system: System): Map<string, Manifest[]> => {
  const found = new Map<string, Manifest[]>();
  for (const gateway of system.all('Gateway').filter(({ group, spec }) => group === GATEWAY_API && asText(spec.gatewayClassName).includes('waypoint'))) collect(found, gateway.namespace, gateway);
  return found;
});
