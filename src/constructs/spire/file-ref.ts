import { SecretRef } from './secret-ref';
import { requireProps } from '../../identity/require-props';

/**
 * Where the content of a file is, in the words of the pod that mounts it.
 *
 * @internal
 */
export type FileSource =
  | { readonly kind: 'secret' | 'config-map'; readonly name: string; readonly key: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path' | 'host'; readonly path: string };

/**
 * A file that SPIRE reads: the pod mounts it and the configuration names its path.
 */
export class FileRef {
  /**
   * A key of a Secret that exists in the pod's namespace.
   *
   * Throws when the key is no file name.
   *
   * @param secret the Secret
   * @param key the key in the Secret, such as `tls.crt`
   */
  public static secret(secret: SecretRef, key: string): FileRef {
    requireProps('FileRef.secret', { secret }, { secret: 'SecretRef' });
    requireKey(key);
    return new FileRef({ kind: 'secret', name: secret.name, key });
  }

  /**
   * A key of a ConfigMap that exists in the pod's namespace.
   *
   * Throws when name or key are not valid.
   *
   * @param name the name of the ConfigMap
   * @param key the key in the ConfigMap, such as `ca.crt`
   */
  public static configMap(name: string, key: string): FileRef {
    if (!/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(name)) {
      throw new Error(`ConfigMap name '${name}' is no Kubernetes name: use up to 253 of a-z, 0-9, '-' and '.', not at the ends`);
    }
    requireKey(key);
    return new FileRef({ kind: 'config-map', name, key });
  }

  /**
   * A text that is no secret; it stands in the ConfigMap beside SPIRE's configuration.
   *
   * Throws when the text is empty or holds a private key.
   *
   * @param text the content of the file
   */
  public static text(text: string): FileRef {
    requireProps('FileRef.text', { text }, { text: 'text' });
    if (text.trim() === '') {
      throw new Error('the text of the file is empty: give its content');
    }
    if (/PRIVATE KEY/.test(text)) {
      throw new Error('the text of the file has a private key, which must not stand in a ConfigMap: use FileRef.secret(...)');
    }
    return new FileRef({ kind: 'text', text });
  }

  /**
   * A path that exists in the container already, through the image or a patch. Nothing is mounted.
   *
   * Throws when the path is not absolute.
   *
   * @param path the absolute path in the container
   */
  public static path(path: string): FileRef {
    requireAbsolute(path);
    return new FileRef({ kind: 'path', path });
  }

  /**
   * A file of the node, mounted at the same path. For agents only: the server's namespace admits no host path.
   *
   * Throws when the path is not absolute.
   *
   * @param path the absolute path on the node
   */
  public static host(path: string): FileRef {
    requireAbsolute(path);
    return new FileRef({ kind: 'host', path });
  }

  private readonly source: FileSource;

  private constructor(source: FileSource) {
    this.source = source;
  }

  /**
   * @internal
   */
  public _source(): FileSource {
    return this.source;
  }
}

/**
 * Refuses what is no key of a Secret or ConfigMap.
 */
export function requireKey(key: string): void {
  if (!/^(?!\.\.?$)[A-Za-z0-9._-]{1,253}$/.test(key)) {
    throw new Error(`key '${key}' is no key of a Secret or ConfigMap: use letters, digits, '-', '_' and '.', such as 'tls.crt'`);
  }
}

function requireAbsolute(path: string): void {
  if (!/^(\/(?!\.\.?(\/|$))[^/\0"$\\]+)+$/.test(path)) {
    throw new Error(`path '${path}' is not absolute: use one such as '/run/secrets/file', without '.', '..' or a trailing slash`);
  }
}
