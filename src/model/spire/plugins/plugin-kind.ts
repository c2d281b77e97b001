import { Block, Node, Shape } from '../../../formats/hcl/reader';
import { Environment } from '../expand-env';
import { Problems } from '../problems';

/** Says what is wrong in a plugin's configuration, at a key of it or of a block in it. */
export type Report = (message: string, key?: string, fix?: string, block?: Block) => void;

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
  /** The variables of the process; undefined where it is not to be seen who runs it. */
  readonly environment?: Environment;
}

/** Whether a setting is nowhere: not in the configuration, and not in the variable that can stand for it. */
export function isNowhere(config: Block, key: string, variable: string, { environment }: More): boolean {
  return config.text(key) === '' && environment !== undefined && !environment.has(variable);
}

/** The SDK of AWS refuses a region before it calls anybody: it becomes a part of a host name. */
export function checkRegion(config: Block, report: Report): void {
  const region = config.text('region');
  if (region !== '' && !/^[0-9A-Za-z-]{1,63}$/.test(region)) report(`region "${region}" is no region of AWS`, 'region', 'write a region such as eu-central-1');
}

/** Requires keys to be there and not empty. */
export function required(...names: string[]): NonNullable<PluginKind['check']> {
  return (config, report) => {
    for (const name of names) {
      if (config.text(name) === '') report(`${name} is required`);
    }
  };
}
