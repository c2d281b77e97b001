import { Container, Workload } from './workload';
import { asObjects, asText, asTexts } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** A container and the workload whose pods have it. */
export interface PlacedContainer {
  readonly workload: Workload;
  readonly container: Container;
}

/** What the images are called that some rule looks for. */
const KNOWN = /spire|spiffe|oidc|opa|envoy|istio|proxyv2|bookinfo|postgres|mysql|busybox|alpine|k8s-workload-registrar|kube-apiserver|node-driver-registrar/;

/**
 * The containers whose image has a name that rules look for.
 *
 * Most containers of a system are applications: looking at each in every rule would take most of a check.
 */
const knownContainers = once((system: System): PlacedContainer[] => {
  const found: PlacedContainer[] = [];
  for (const workload of system.workloads) {
    for (const container of workload.containers) {
      if (KNOWN.test(container.image)) found.push({ workload, container });
    }
  }
  return found;
});

/** The containers whose image matches one of the known names. */
export function containersOf(system: System, image: RegExp): PlacedContainer[] {
  return knownContainers(system).filter(({ container }) => image.test(container.image));
}

/** The line of a script in which something stands, or else that of its container. */
export function scriptLine({ manifest }: Workload, container: Container, text: RegExp): number {
  for (const field of ['args', 'command']) {
    const words = asTexts(container.value[field]);
    const at = words.findIndex(word => text.test(word));
    if (at >= 0) return manifest.lineOfText([...container.path, field, at], Math.max(words[at].split('\n').findIndex(line => text.test(line)), 0));
  }
  return manifest.lineOf(container.path);
}

const KNOWN_SCRIPTS = /kubectl|pg_dump|keys\.json|\btar\b|ln -s| write\s|\bspire-(server|agent) [a-z]/;

/** The containers whose command or arguments name a program that rules look for. */
export const scriptsOf = once((system: System): PlacedContainer[] => system.workloads.flatMap(workload => workload.containers
  .filter(({ value }) => [value.command, value.args].some(words => Array.isArray(words) && words.some(word => KNOWN_SCRIPTS.test(word))))
  .map(container => ({ workload, container }))));

/** The containers that have a variable of a name. */
export function containersWith(system: System, variable: string): readonly PlacedContainer[] {
  return byVariable(system).get(variable) ?? [];
}

const byVariable = once((system: System): Map<string, PlacedContainer[]> => {
  const found = new Map<string, PlacedContainer[]>();
  for (const workload of system.workloads) {
    for (const container of workload.containers) {
      for (const { name } of asObjects(container.value.env)) {
        const list = found.get(asText(name));
        if (!list) found.set(asText(name), [{ workload, container }]);
        else if (list[list.length - 1].container !== container) list.push({ workload, container });
      }
    }
  }
  return found;
});
