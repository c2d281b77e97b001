import { queriesOf } from '../../../model/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsErrorCodes: Rule = {
  id: 'OBS-ERROR-CODES',
  level: Level.WARNING,
  title: 'every answer that is not 2xx counts as an error',
  why: 'redirects and "not modified" are no errors',
  fix: 'match response_code=~"5..|0"',
  source: 'observed: promtool test rules',
  check: (system, report) => {
    for (const { manifest, path, text } of queriesOf(system)) {
      if (/response_code\s*!~\s*"2\.\.(\|[^"]*)?"/.test(text)) report.at(manifest, path, 'response_code!~"2.." counts 3xx as errors');
    }
  },
};
