import { Listener, collide, listenersOf, managerListeners } from '../../../model/spire/listeners';
import { listenPort } from '../../../model/spire/oidc';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spirePortTwice: Rule = {
  id: 'SPIRE-PORT-TWICE',
  level: Level.ERROR,
  title: 'two listeners of one pod want the same port',
  why: 'the second finds the address in use: the server stops, or runs on without health checks or metrics',
  fix: 'give each listener a port of its own',
  source: 'pkg/common/health/health.go, pkg/common/telemetry/prometheus.go',
  check: (system, report) => {
    for (const program of [...system.servers, ...system.agents]) {
      const own = listenersOf(program);
      const beside = program.config?.kind === 'server' ? managerListeners(system, program as typeof system.servers[number]) : [];
      own.forEach((one, i) => {
        const other = [...own.slice(0, i), ...beside].find((taken: Listener) => collide(one, taken));
        if (other) report.in(program.text, one.line, `${one.what} and ${other.what} listen on port ${one.port}`);
      });
    }
    for (const { config, text } of system.oidcProviders) {
      const health = config?.file.block('health_checks');
      const port = health && (health.int('bind_port') ?? 8008);
      if (port !== undefined && port === listenPort(config!)) report.in(text, health!.position.line, `health_checks and the provider listen on port ${port}`);
    }
  },
};
