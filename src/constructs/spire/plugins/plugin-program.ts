import { requireProps } from '../../../identity/require-props';
import { SecretRef } from '../secret-ref';

/**
 * A plugin that is a program of its own.
 */
export interface PluginProgramProps {
  /**
   * The absolute path of the program in the container.
   */
  readonly path: string;

  /**
   * The arguments of the program.
   *
   * @default - none
   */
  readonly args?: string[];

  /**
   * The SHA-256 of the program, 64 hexadecimal digits; SPIRE refuses to start another one.
   *
   * @default - not checked
   */
  readonly checksum?: string;

  /**
   * Environment variables of the program. It inherits them from SPIRE, which gets them too.
   *
   * @default - none
   */
  readonly environment?: { readonly [name: string]: string };

  /**
   * A Secret whose keys become environment variables of the program, and of SPIRE.
   *
   * @default - none
   */
  readonly secretEnvironment?: SecretRef;

  /**
   * An image that brings the program: it runs before SPIRE starts and has to copy the program to `path`, whose directory is shared.
   *
   * @default - the program is in the image already, or comes through a patch
   */
  readonly image?: string;

  /**
   * The command of `image` that copies the program, such as `['cp', '/plugin', '/run/spire/plugins/plugin']`.
   *
   * @default - the image's own entry point
   */
  readonly imageCommand?: string[];
}

/**
 * The program of a plugin that is not built into SPIRE.
 */
export class PluginProgram {
  /**
   * A program by its path.
   *
   * Throws when the path is not absolute, the checksum is no SHA-256 or a variable has no valid name.
   *
   * @param props path, arguments, checksum and environment
   */
  public static of(props: PluginProgramProps): PluginProgram {
    return new PluginProgram(props);
  }

  private readonly props: PluginProgramProps;

  private constructor(props: PluginProgramProps) {
    requireProps('PluginProgram.of', props, { path: 'text' });
    if (!/^(\/(?!\.\.?(\/|$))[A-Za-z0-9._-]+){2,}$/.test(props.path)) {
      throw new Error(`plugin program '${props.path}' is no absolute path below a directory: use one such as '/run/spire/plugins/my-plugin'`);
    }
    if (props.checksum !== undefined && !/^[0-9a-f]{64}$/.test(props.checksum)) {
      throw new Error(`plugin checksum '${props.checksum}' is no SHA-256: give 64 hexadecimal digits in lower case, as sha256sum prints them`);
    }
    for (const name of Object.keys(props.environment ?? {})) {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
        throw new Error(`environment variable name '${name}' is not valid: use letters, digits and '_', not a digit first`);
      }
    }
    if (props.imageCommand !== undefined && props.image === undefined) {
      throw new Error("imageCommand has no image to run in: give 'image' too");
    }
    this.props = props;
  }

  /**
   * @internal
   */
  public _props(): PluginProgramProps {
    return this.props;
  }
}
