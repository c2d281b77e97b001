import { Json, Path, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsDuplicateName: Rule = {
  id: 'OPS-DUPLICATE-NAME',
  level: Level.ERROR,
  title: 'two containers, volumes, ports or mounts of a pod, or two ports of a Service, have one name or place',
  why: 'the API server refuses the object',
  fix: 'give each its own name, and each port of a Service that has several a name',
  source: 'Kubernetes pkg/apis/core/validation/validation.go',
  check: (system, report) => {
    for (const workload of system.workloads) {
      const tell = (path: Path, message: string): void => report.at(workload.manifest, path, message);
      const { containers, volumes } = workload;
      for (const i of repeated(containers, ({ name }) => name)) tell([...containers[i].path, 'name'], `container ${containers[i].name} is there already`);
      for (const i of repeated(volumes, nameOf)) tell(workload.at('spec', 'volumes', i), `volume ${nameOf(volumes[i])} is there already`);
      for (const container of containers) {
        const [ports, mounts] = [asObjects(container.value.ports), asObjects(container.value.volumeMounts)];
        for (const i of repeated(ports, nameOf)) tell([...container.path, 'ports', i, 'name'], `container ${container.name} has a port ${nameOf(ports[i])} already`);
        for (const i of repeated(mounts, mountOf)) {
          tell([...container.path, 'volumeMounts', i, 'mountPath'], `container ${container.name} mounts something at ${mountOf(mounts[i])} already`);
        }
      }
    }
    for (const service of system.all('Service').filter(({ group }) => group === '')) {
      const ports = asObjects(service.spec.ports);
      const tell = (i: number, message: string): void => report.at(service, ['spec', 'ports', i], message);
      for (const i of repeated(ports, nameOf)) tell(i, `there is a port ${nameOf(ports[i])} already`);
      for (const i of repeated(ports, placeOf)) tell(i, `there is a port ${placeOf(ports[i])} already`);
      const nameless = ports.length > 1 ? ports.findIndex(port => nameOf(port) === '') : -1;
      if (nameless >= 0) tell(nameless, `port ${asText(ports[nameless].port)} has no name beside others`);
    }
  },
};

function nameOf({ name }: Json): string {
  return asText(name);
}

function placeOf({ port, protocol }: Json): string {
  return asText(port) === '' ? '' : `${asText(port)}/${asText(protocol) || 'TCP'}`;
}

function mountOf({ mountPath }: Json): string {
  return asText(mountPath);
}

/** The places in a list whose text is there before. */
function repeated<T>(list: readonly T[], textOf: (one: T) => string): number[] {
  if (list.length < 2) return NONE;
  const texts = list.map(textOf);
  const isRepeated = (text: string, i: number): boolean => text !== '' && texts.indexOf(text) < i;
  return texts.some(isRepeated) ? texts.flatMap((text, i) => isRepeated(text, i) ? [i] : []) : NONE;
}

const NONE: number[] = [];
