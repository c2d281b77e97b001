import { requireProps } from '../../identity/require-props';
import { requireLabels } from '../labels';

/**
 * A named version of a host.
 */
export interface SubsetProps {
  /**
   * The name of the version, such as `v1`.
   */
  readonly name: string;

  /**
   * The labels that its pods have and those of other versions have not.
   */
  readonly labels: { [key: string]: string };
}

/**
 * A version of a host.
 *
 * Destination rules define it and routes take it by reference, so a route to a version that is not there cannot be written.
 */
export class Subset {
  /**
   * The host of which it is a version.
   */
  public readonly host: string;

  /**
   * The name of the version.
   */
  public readonly name: string;

  /**
   * The labels that its pods have.
   */
  public readonly labels: { [key: string]: string };

  /**
   * @internal
   */
  public constructor(host: string, props: SubsetProps) {
    requireProps(`a subset of host '${host}'`, props, { name: 'text', labels: 'map' });
    if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(props.name)) {
      throw new Error(`subset name '${props.name}' of host '${host}' is no DNS label: use up to 63 of a-z, 0-9 and '-', not at the ends`);
    }
    if (Object.keys(props.labels).length === 0) {
      throw new Error(`subset '${props.name}' of host '${host}' has no labels, so it would be the whole host: give the labels of its pods`);
    }
    requireLabels(`subset '${props.name}' of host '${host}'`, props.labels);
    this.host = host;
    this.name = props.name;
    this.labels = { ...props.labels };
  }
}
