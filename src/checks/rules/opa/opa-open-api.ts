import { opaContainers } from '../../../model/opa';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaOpenApi: Rule = {
  id: 'OPA-OPEN-API',
  level: Level.WARNING,
  title: 'OPA\'s API is open to the network',
  why: 'whoever reaches 8181 can change policies and read data',
  fix: 'use --addr=localhost:8181 and --diagnostic-addr=0.0.0.0:8282',
  source: 'OPA security documentation',
  check: (system, report) => {
    for (const { workload, container, args } of opaContainers(system)) {
      const open = args.some((arg, i) => /^(--addr|-a)(=|$)/.test(arg) && /(^|=)(0\.0\.0\.0|\[::\])?:8181$/.test(arg.includes('=') ? arg : args[i + 1] ?? ''));
      if (open && !args.some(arg => /--authorization/.test(arg))) report.at(workload.manifest, [...container.path, 'args'], 'the API listens on all interfaces');
    }
  },
};
