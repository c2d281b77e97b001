import { Block, Node, Shape } from '../../../formats/hcl/reader';
import { Problems } from '../problems';

/** Says what is wrong in a plugin's configuration. */
export type Report = (message: string, key?: string, fix?: string) => void;

/** A built-in plugin: the shape of its configuration, and what it checks itself. */
export interface PluginKind {
  /** Undefined where the plugin takes no configuration at all. */
  readonly shape?: Shape & { kind: 'block' };
  readonly check?: (config: Block, report: Report, more: More) => void;
  /** Whether it refuses keys it does not know. */
  readonly strict?: boolean;
}

/** What a few plugins need besides. */
export interface More {
  readonly problems: Problems;
  /** Says what SPIRE only notes: `spire-server validate` fails of it, the server starts. */
  readonly note: Report;
  readonly data?: Node;
}

/** Requires keys to be there and not empty. */
export function required(...names: string[]): NonNullable<PluginKind['check']> {
  return (config, report) => {
    for (const name of names) {
      if (config.text(name) === '') report(`${name} is required`);
    }
  };
}
