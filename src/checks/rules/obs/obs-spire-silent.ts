import { queriesOf } from '../../../model/queries';
import { Agent, Server } from '../../../model/spire/discovery';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsSpireSilent: Rule = {
  id: 'OBS-SPIRE-SILENT',
  level: Level.WARNING,
  title: 'a query asks for metrics of SPIRE, and no SPIRE of the input serves any',
  why: 'the panel stays empty, and the alert never fires',
  fix: 'write telemetry { Prometheus { host = "0.0.0.0" port = 9988 } } into the configuration',
  source: 'doc/telemetry.md',
  check: (system, report) => {
    const silent = (['server', 'agent'] as const).filter(program => isSilent(system, program));
    for (const { manifest, path, text } of silent.length > 0 ? queriesOf(system) : []) {
      const program = silent.find(one => new RegExp(`\\bspire_${one}_`).test(text));
      if (program) report.at(manifest, path, `the query asks for metrics of the ${program}, whose configuration has no telemetry.Prometheus`);
    }
  },
};

/** Whether programs are seen, and all of them that are keep their metrics for themselves. */
function isSilent(system: System, kind: 'server' | 'agent'): boolean {
  const programs = system.clusters.flatMap(({ servers, agents }): readonly (Server | Agent)[] => (kind === 'server' ? servers : agents));
  const serves = programs.map(({ config }) => config === undefined || OTHER.some(name => config.file.block('telemetry')?.has(name)));
  return programs.length > 0 && serves.every(one => !one);
}

/** Statsd and the others may lead to Prometheus as well. */
const OTHER = ['Prometheus', 'Statsd', 'DogStatsd', 'M3'];
