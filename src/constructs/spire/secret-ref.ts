import { isDnsSubdomain } from '../../identity/dns-name';

/**
 * A Secret that exists in the cluster, made by a secrets operator or by hand; the library never writes one.
 */
export class SecretRef {
  /**
   * A Secret by its name, in the namespace of the pod that uses it.
   *
   * Throws when the name is no Kubernetes name.
   *
   * @param name the name of the Secret
   */
  public static of(name: string): SecretRef {
    return new SecretRef(name);
  }

  /**
   * The name of the Secret.
   */
  public readonly name: string;

  private constructor(name: string) {
    if (!isDnsSubdomain(name)) {
      throw new Error(`secret name '${name}' is no Kubernetes name: use up to 253 of a-z, 0-9, '-' and '.', a letter or digit at the ends and around each '.'`);
    }
    this.name = name;
  }
}
