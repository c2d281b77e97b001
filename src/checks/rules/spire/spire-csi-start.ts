import { containersOf } from '../../../model/kubernetes/containers';
import { Container } from '../../../model/kubernetes/workload';
import { asObjects, asText, asTexts } from '../../../model/manifest';
import { versionOf } from '../../../model/spire/images';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireCsiStart: Rule = {
  id: 'SPIRE-CSI-START',
  level: Level.ERROR,
  title: 'the CSI driver does not start',
  why: 'it stops at once: every pod with its volume stays in ContainerCreating',
  fix: 'give it -workload-api-socket-dir, each flag and each value an item of its own, and MY_NODE_NAME from spec.nodeName',
  source: 'spiffe-csi cmd/spiffe-csi-driver/main.go, pkg/driver/driver.go',
  check: (system, report) => {
    for (const { workload, container } of containersOf(system, /(^|\/)spiffe-csi-driver[:@]/)) {
      if (asTexts(container.value.command).length > 0 || container.args.some(arg => arg.includes('$'))) continue;
      const version = versionOf(container.image);
      const { flags, fault } = read(container.args);
      // a later release may have other flags
      if (version && (version.major > 0 || version.minor > 2)) continue;
      if (fault !== undefined) report.at(workload.manifest, [...container.path, 'args'], fault);
      else if (container.args.length > 0 && !flags.get('workload-api-socket-dir')) report.at(workload.manifest, [...container.path, 'args'], 'there is no -workload-api-socket-dir');
      const variable = flags.get('node-id-env') ?? 'MY_NODE_NAME';
      if (fault === undefined && !flags.get('node-id') && !isSet(container, variable)) report.at(workload.manifest, [...container.path, 'env'], `there is no variable ${variable}, and no -node-id`);
    }
  },
};

const FLAGS = ['node-id', 'node-id-env', 'csi-socket-path', 'plugin-name', 'workload-api-socket-dir'];

/** Flags as Go reads them: it stops at the first word that is none. */
function read(args: readonly string[]): { readonly flags: ReadonlyMap<string, string>; readonly fault?: string } {
  const flags = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const [, name, , value] = /^--?([^=-][^=]*)(=(.*))?$/s.exec(args[i]) ?? [];
    if (name === undefined) return { flags, fault: `what follows "${args[i]}" is not read as flags` };
    if (!FLAGS.includes(name)) return { flags, fault: `spiffe-csi-driver has no flag -${name}` };
    flags.set(name, value ?? args[++i] ?? '');
  }
  return { flags };
}

function isSet({ value }: Container, variable: string): boolean {
  return asObjects(value.envFrom).length > 0
    || asObjects(value.env).some(env => env.name === variable && (env.valueFrom !== undefined || asText(env.value) !== ''));
}
