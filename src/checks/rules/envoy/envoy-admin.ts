import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyAdmin: Rule = {
  id: 'ENVOY-ADMIN',
  level: Level.WARNING,
  title: 'Envoy\'s admin interface is open',
  why: 'whoever reaches it can read secrets\' names, change logging and stop the proxy',
  fix: 'bind it to 127.0.0.1',
  source: 'envoy admin documentation',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const address = asText(asObject(asObject(asObject(asObject(envoy.value).admin).address).socket_address).address);
      if (['0.0.0.0', '::'].includes(address)) report.at(envoy, ['admin', 'address'], `admin listens on ${address}`);
    }
  },
};
