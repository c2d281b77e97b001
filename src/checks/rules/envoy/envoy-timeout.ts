import { clustersOf } from '../../../model/envoy';
import { asText } from '../../../model/manifest';
import { parseDuration } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyTimeout: Rule = {
  id: 'ENVOY-TIMEOUT',
  level: Level.INFO,
  title: 'a connection may take very long to be made',
  why: 'requests wait that long for a peer that is not there',
  fix: 'set connect_timeout to 1s to 5s',
  source: 'envoy cluster.proto',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of clustersOf(envoy)) {
        if ((parseDuration(asText(value.connect_timeout)) ?? 0) >= 20) report.at(envoy, [...path, 'connect_timeout'], `cluster ${asText(value.name)} waits ${asText(value.connect_timeout)}`);
      }
    }
  },
};
