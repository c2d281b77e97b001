import { Container, Workload } from './workload';
import { once } from '../once';
import { System } from '../system';

/** A container and the workload whose pods have it. */
export interface PlacedContainer {
  readonly workload: Workload;
  readonly container: Container;
}

/** What the images are called that some rule looks for. */
const KNOWN = /spire|spiffe|oidc|opa|envoy|istio|proxyv2|bookinfo|postgres|mysql|busybox|alpine|k8s-workload-registrar|node-driver-registrar/;

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

/** The line of a script that holds a text, or else that of its container. */
export function scriptLine({ manifest }: Workload, container: Container, text: string): number {
  for (const field of ['command', 'args']) {
    const words: unknown[] = Array.isArray(container.value[field]) ? container.value[field] : [];
    for (const [i, word] of words.entries()) {
      const lines = String(word).split('\n');
      const line = lines.findIndex(one => one.includes(text));
      if (line !== -1) return manifest.lineOfText([...container.path, field, i]) + (lines.length > 1 ? line : 0);
    }
  }
  return manifest.lineOfText(container.path);
}

const KNOWN_SCRIPTS = /kubectl|pg_dump|keys\.json|\btar\b/;

/** The containers whose command or arguments name a program that rules look for. */
export const scriptsOf = once((system: System): PlacedContainer[] => system.workloads.flatMap(workload => workload.containers
  .filter(({ value }) => [value.command, value.args].some(words => Array.isArray(words) && words.some(word => KNOWN_SCRIPTS.test(word))))
  .map(container => ({ workload, container }))));
