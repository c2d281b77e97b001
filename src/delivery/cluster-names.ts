import { IConstruct } from 'constructs';

const byRoot = new WeakMap<IConstruct, ClusterNames>();

/**
 * Which platforms of an app use the name of a cluster. The name is a folder of the output, so it belongs to one of them.
 */
export class ClusterNames {
  public static of(construct: IConstruct): ClusterNames {
    const root = construct.node.root;
    const names = byRoot.get(root) ?? new ClusterNames();
    byRoot.set(root, names);
    return names;
  }

  // paths, not constructs: a platform of a fleet is gone when the next one is defined
  private readonly users = new Map<string, { readonly name: string; readonly path: string }>();

  /**
   * Throws when another platform has the name, or one that differs in upper and lower case only: many disks do not tell their folders apart.
   */
  public claim(name: string, path: string): void {
    const other = this.users.get(name.toLowerCase()) ?? { name, path };
    if (other.path !== path) {
      throw new Error(other.name === name
        ? `cluster name '${name}' is used by two platforms, '${other.path}' and '${path}': rename one cluster`
        : `cluster names '${other.name}' and '${name}' of the platforms '${other.path}' and '${path}' differ in upper and lower case only, `
          + 'and many disks do not tell their folders apart: rename one cluster');
    }
    this.users.set(name.toLowerCase(), { name, path });
  }
}
