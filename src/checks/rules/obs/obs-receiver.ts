import { Json, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsReceiver: Rule = {
  id: 'OBS-RECEIVER',
  level: Level.ERROR,
  title: 'a route of an AlertmanagerConfig leads to a receiver that it does not define',
  why: 'the operator refuses the object: none of its routes is used',
  fix: 'add the receiver, or correct the name',
  source: 'prometheus-operator pkg/alertmanager/validation/v1alpha1',
  check: (system, report) => {
    for (const config of system.all('AlertmanagerConfig').filter(({ group }) => group === 'monitoring.coreos.com')) {
      const known = asObjects(config.spec.receivers).map(({ name }) => asText(name));
      for (const [path, name] of receiversOf(asObject(config.spec.route), ['spec', 'route'])) {
        if (!known.includes(name)) report.at(config, path, `receiver "${name}" is not defined: ${known.join(', ') || 'there is none'}`);
      }
    }
  },
};

/** The receivers that a route and those below it name; one without takes that of the route above. */
function receiversOf(route: Json, path: Path): [Path, string][] {
  const name = asText(route.receiver);
  return [...name === '' ? [] : [[[...path, 'receiver'], name] as [Path, string]], ...asObjects(route.routes).flatMap((one, i) => receiversOf(one, [...path, 'routes', i]))];
}
