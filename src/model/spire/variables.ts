import { environmentOf, stated } from './environment';
import { Container, Workload } from '../kubernetes/workload';
import { asObjects, asText } from '../manifest';
import { System } from '../system';

/** The value of a variable of a container, as far as it is in the input. */
export function variableIn(system: System, { namespace }: Workload, container: Container, name: string): string | undefined {
  const own = asObjects(container.value.env).find(one => one.name === name);
  return own?.value !== undefined ? stated(asText(own.value)) : environmentOf(container, namespace, (...key) => system.find(...key)).get(name);
}

/** Whether a container may have a variable: it does, or takes all those of an object that is not in the input. */
export function mayHave(system: System, { namespace }: Workload, container: Container, name: string): boolean {
  return environmentOf(container, namespace, (...key) => system.find(...key)).has(name);
}
