import { asText } from '../../../model/manifest';
import { clusterSpiffeIds, staticEntries } from '../../../model/spire/entries';
import { parseDuration } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdTtlShort: Rule = {
  id: 'SPIRE-ID-TTL-SHORT',
  level: Level.WARNING,
  title: 'the lifetime of an entry leaves no margin',
  why: 'below a second it counts as not set; below a minute the agent renews at half of it with a tick of 5s, and any delay lets it run out',
  fix: 'write one minute or more',
  source: 'observed: runs of SPIRE 1.15.3 and spire-controller-manager 0.6.6',
  check: (system, report) => {
    for (const object of [...clusterSpiffeIds(system), ...staticEntries(system)]) {
      for (const name of ['ttl', 'jwtTtl', 'x509SVIDTTL', 'jwtSVIDTTL']) {
        const ttl = parseDuration(asText(object.spec[name]));
        if (ttl === undefined || ttl < 0 || ttl >= 60) continue;
        report.at(object, ['spec', name], `${name} is ${asText(object.spec[name])}${ttl < 1 ? ', which SPIRE takes for not set' : ''}`);
      }
    }
  },
};
