import { alertRules } from '../../../model/alert-rules';
import { Manifest, asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { queriesOf } from '../../../model/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { isSlip } from '../../schemas/slip';

export const obsRecordMissing: Rule = {
  id: 'OBS-RECORD-MISSING',
  level: Level.WARNING,
  title: 'a query uses a name that no recording rule gives',
  why: 'names with a colon are what recording rules make, and none makes this one: the panel stays empty, the alert never fires',
  fix: 'give the query the name in record',
  source: 'Prometheus: recording rules, naming',
  check: (system, report) => {
    const recorded = recordedNames(system);
    const known = new Map<string, string | undefined>();
    for (const { manifest, path, text } of recorded.size > 0 ? queriesOf(system) : []) {
      for (const name of new Set(withoutTexts(text).match(NAME) ?? [])) {
        if (!known.has(name)) known.set(name, recorded.has(name) ? undefined : meantBy(name, recorded));
        const meant = known.get(name) ?? (recorded.has(name) ? undefined : ofFamily(manifest, name));
        if (meant) report.at(manifest, path, `no rule records ${name}; there is ${meant}`);
      }
    }
  },
};

/** Names as recording rules have them: a part before a colon, and no step of a subquery. */
const NAME = /(?<![\w:])[a-zA-Z_]\w*:[a-zA-Z_][\w:]*/g;

function withoutTexts(query: string): string {
  return query.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, '""');
}

function meantBy(name: string, recorded: ReadonlySet<string>): string | undefined {
  return [...recorded].find(one => one.split(':')[0] === name.split(':')[0] && isSlip(name, one));
}

/** A name that the rules beside a query record with the same first part, where it is no label as in `node:cpu:sum`, which others record too. */
function ofFamily(manifest: Manifest, name: string): string | undefined {
  const [family] = name.split(':');
  return LABELS.test(family) ? undefined : recordedBeside(manifest).find(one => one.split(':')[0] === family);
}

const LABELS = /^(instance|node|namespace|cluster|job|pod|container|service|workload|path|code|method|route|host|region|zone|tenant|team|app|application)(_|$)|_(pod|job|container|workload)$/;

/** The names that the rules of an object record. */
const recordedBeside = once((manifest: Manifest): readonly string[] => asObjects(manifest.spec.groups).flatMap(group => asObjects(group.rules))
  .map(rule => asText(rule.record)).filter(name => name.includes(':')));

function recordedNames(system: System): ReadonlySet<string> {
  return new Set(alertRules(system).map(({ rule }) => asText(rule.record)).filter(name => name.includes(':')));
}
