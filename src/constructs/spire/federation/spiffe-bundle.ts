import { readFileSync } from 'node:fs';
import { requireProps } from '../../../identity/require-props';

const HOW = "make it with 'spire-server bundle show -format spiffe'";

/**
 * The trust bundle of a trust domain as SPIFFE writes it: a set of public keys. It exists only after the first start of its server.
 */
export class SpiffeBundle {
  /**
   * A bundle in a file, such as one that the other side has sent and that is kept in Git.
   *
   * Throws when there is no such file, or no bundle in it.
   *
   * @param path the path of the file
   */
  public static file(path: string): SpiffeBundle {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      throw new Error(`bundle file '${path}' cannot be read: ${HOW}`);
    }
    return new SpiffeBundle(text, `bundle file '${path}'`);
  }

  /**
   * A bundle as text.
   *
   * Throws when the text is no bundle.
   *
   * @param text the JSON text
   */
  public static json(text: string): SpiffeBundle {
    return new SpiffeBundle(text, 'bundle');
  }

  /**
   * The JSON text.
   */
  public readonly text: string;

  private constructor(text: string, where: string) {
    const keys = parseKeys(text, where);
    if (keys.some((key) => 'd' in key || 'p' in key)) {
      throw new Error(`${where} holds a private key: a bundle is public, ${HOW}, and replace the key`);
    }
    if (!keys.some((key) => key.use === 'x509-svid' && Array.isArray(key.x5c) && key.x5c.length > 0)) {
      throw new Error(`${where} has no key with use 'x509-svid' and a certificate, so no X.509-SVID could be verified: ${HOW}`);
    }
    this.text = `${text.trim()}\n`;
  }
}

function parseKeys(text: string, where: string): any[] {
  requireProps(where, { text }, { text: 'text' });
  if (text.trimStart().startsWith('-----BEGIN')) {
    throw new Error(`${where} is PEM, which does not say how to verify the endpoint: ${HOW}`);
  }
  let keys: unknown;
  try {
    keys = JSON.parse(text).keys;
  } catch {
    throw new Error(`${where} is no JSON: ${HOW}`);
  }
  if (!Array.isArray(keys) || keys.length === 0 || keys.some((key) => key === null || typeof key !== 'object')) {
    throw new Error(`${where} has no keys: ${HOW}`);
  }
  return keys;
}
