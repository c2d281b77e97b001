/**
 * A value that is read from an environment variable when SPIRE starts with -expandEnv.
 */
export class HclEnvironmentVariable {
  public constructor(public readonly name: string) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw new Error(`environment variable name '${name}' is not valid: use letters, digits and '_', not a digit first`);
    }
  }
}

/**
 * A string that mixes text and environment variables, such as a connection string with a password.
 */
export class HclTemplate {
  public constructor(public readonly parts: (string | HclEnvironmentVariable)[]) {}
}

export type HclScalar = string | number | boolean | HclEnvironmentVariable | HclTemplate;
export type HclObject = { readonly [key: string]: HclValue | undefined };
export type HclValue = HclScalar | HclValue[] | HclObject;

export type HclEntry =
  | { readonly kind: 'attribute'; readonly key: string; readonly value: HclValue }
  | { readonly kind: 'block'; readonly key: string; readonly label?: string; readonly body: HclBody }
  | { readonly kind: 'comment'; readonly text: string };

/**
 * The inside of an HCL file or block, in the order in which it is written.
 *
 * Blocks and attributes are different things here, as they are for SPIRE's parser: `ca_subject { }` is read, `ca_subject = [{ }]` is refused,
 * and a list of objects works as `Statsd = [{ }]` only.
 */
export class HclBody {
  public readonly entries: HclEntry[] = [];

  /**
   * Adds `key = value`; undefined is left out.
   */
  public attribute(key: string, value: HclValue | undefined): void {
    if (value !== undefined) {
      this.entries.push({ kind: 'attribute', key, value });
    }
  }

  /**
   * Adds `key = value` for each member; undefined ones are left out.
   */
  public attributes(values: HclObject): void {
    for (const [key, value] of Object.entries(values)) {
      this.attribute(key, value);
    }
  }

  /**
   * Adds `key { }` or `key "label" { }` and returns its inside.
   */
  public block(key: string, label?: string): HclBody {
    const body = new HclBody();
    this.entries.push({ kind: 'block', key, label, body });
    return body;
  }

  /**
   * Adds a comment line for the reviewer.
   */
  public comment(text: string): void {
    this.entries.push({ kind: 'comment', text });
  }
}
