import { clusterSpiffeIds, staticEntries } from '../../../model/spire/entries';
import { parseDuration } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdTtl: Rule = {
  id: 'SPIRE-ID-TTL',
  level: Level.ERROR,
  title: 'the lifetime of an entry is no duration',
  why: 'the API server, the webhook or SPIRE refuses it; in a ClusterStaticEntry it stops the whole controller manager',
  fix: 'write a Go duration in quotes, such as "1h"',
  source: 'observed: kube-apiserver 1.37 and runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    const fields: [ReturnType<typeof clusterSpiffeIds>, string[]][] = [[clusterSpiffeIds(system), ['ttl', 'jwtTtl']], [staticEntries(system), ['x509SVIDTTL', 'jwtSVIDTTL']]];
    for (const [objects, names] of fields) {
      for (const object of objects) {
        for (const name of names) {
          const value: unknown = object.spec[name];
          if (value === undefined || value === null) continue;
          if (typeof value !== 'string') report.at(object, ['spec', name], `${name} ${JSON.stringify(value).slice(0, 40)} is no text`);
          else if (parseDuration(value) === undefined) report.at(object, ['spec', name], `${name} "${value}" is no Go duration`);
          else if (parseDuration(value)! < 0) report.at(object, ['spec', name], `${name} "${value}" is negative`);
        }
      }
    }
  },
};
