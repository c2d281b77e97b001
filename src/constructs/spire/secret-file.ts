import { FileRef } from './file-ref';

/**
 * Refuses a private key in a ConfigMap, which more people may read than a Secret.
 *
 * @param name the property
 * @param file where the key is
 */
export function requireSecretFile(name: string, file: FileRef | undefined): void {
  const source = file?._source();
  if (source?.kind === 'config-map' || source?.kind === 'text') {
    const got = source.kind === 'text' ? 'a text' : `ConfigMap '${source.name}'`;
    throw new Error(`${name} comes from ${got}, but a private key must not stand in a ConfigMap: use FileRef.secret(...)`);
  }
}
