import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyNoAdmin: Rule = {
  id: 'ENVOY-NO-ADMIN',
  level: Level.INFO,
  title: 'Envoy has no admin interface',
  why: 'neither config_dump nor statistics can be read',
  fix: 'add admin on 127.0.0.1',
  source: 'envoy admin documentation',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      if (asObject(envoy.value).static_resources !== undefined && asObject(envoy.value).admin === undefined) report.at(envoy, [], 'there is no admin block');
    }
  },
};
