import { Container, Workload } from './kubernetes/workload';
import { sourcesOf } from './spire/mounted-configs';

const IMAGE = /(^|\/)envoy(-[a-z]+)*(:|@|$)/;

/** The keys of ConfigMaps that containers of Envoy read as their bootstrap, by `namespace/name/key`. */
export function mountedBootstraps(workloads: readonly Workload[]): ReadonlySet<string> {
  return new Set(workloads.flatMap(workload => workload.containers.filter(({ image }) => IMAGE.test(image))
    .flatMap(container => sourcesOf(workload, container, bootstrapPath(container)).map(source => `${workload.namespace}/${source}`))));
}

/** The file that an Envoy is told to read, or the one that its image brings along. */
function bootstrapPath({ args }: Container): string {
  const words = args.flatMap(arg => arg.split(/\s+/));
  const at = words.findIndex(word => word === '-c' || word === '--config-path');
  return words.map(word => /^--config-path=(.+)$/.exec(word)?.[1]).find(path => path !== undefined) ?? (at >= 0 ? words[at + 1] ?? '' : '/etc/envoy/envoy.yaml');
}
