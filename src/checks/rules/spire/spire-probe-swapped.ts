import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireProbeSwapped: Rule = {
  id: 'SPIRE-PROBE-SWAPPED',
  level: Level.WARNING,
  title: 'a probe of SPIRE asks the path that is meant for another probe',
  why: 'ready fails until attestation and while the server is away: as liveness it restarts what would recover; live says yes before there is an identity to give',
  fix: 'ask live_path in livenessProbe and ready_path in readinessProbe',
  source: 'observed runs: /live 200 and /ready 500 before attestation',
  check: (system, report) => {
    for (const { container, workload, config } of [...system.servers, ...system.agents]) {
      if (!container || !workload || !config) continue;
      const health = config.file.block('health_checks');
      const paths = { live: health?.text('live_path') || '/live', ready: health?.text('ready_path') || '/ready' };
      for (const [kind, wrong, right] of [['livenessProbe', paths.ready, paths.live], ['readinessProbe', paths.live, paths.ready]]) {
        const asked = asText(asObject(asObject(container.value[kind]).httpGet).path);
        if (asked === wrong && wrong !== right) report.at(workload.manifest, [...container.path, kind], `${kind} asks ${asked}, ${right} is meant for it`);
      }
    }
  },
};
