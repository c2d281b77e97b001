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
      const { containers } = workload;
      for (const i of repeated(containers.map(({ name }) => name))) tell([...containers[i].path, 'name'], `container ${containers[i].name} is there already`);
      for (const i of repeated(workload.volumes.map(nameOf))) tell(workload.at('spec', 'volumes', i), `volume ${nameOf(workload.volumes[i])} is there already`);
      for (const { value, path, name } of containers) {
        const ports = asObjects(value.ports).map(nameOf);
        for (const i of repeated(ports)) tell([...path, 'ports', i, 'name'], `container ${name} has a port ${ports[i]} already`);
        const mounts = asObjects(value.volumeMounts).map(({ mountPath }) => asText(mountPath));
        for (const i of repeated(mounts)) tell([...path, 'volumeMounts', i, 'mountPath'], `container ${name} mounts something at ${mounts[i]} already`);
      }
    }
    for (const service of system.all('Service').filter(({ group }) => group === '')) {
      const ports = asObjects(service.spec.ports);
      const tell = (i: number, message: string): void => report.at(service, ['spec', 'ports', i], message);
      for (const i of repeated(ports.map(nameOf))) tell(i, `there is a port ${nameOf(ports[i])} already`);
      for (const i of repeated(ports.map(placeOf))) tell(i, `there is a port ${placeOf(ports[i])} already`);
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

/** The places in a list whose text is there before. */
function repeated(texts: string[]): number[] {
  return texts.flatMap((text, i) => text !== '' && texts.indexOf(text) < i ? [i] : []);
}
