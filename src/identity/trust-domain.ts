/**
 * A SPIFFE trust domain: the name that stands first in every SPIFFE ID.
 *
 * Lower-case letters, digits, `-`, `_` and dots between non-empty labels; 255 bytes at most. An organisation needs
 * one name of its own for each root of trust: two meshes that are both called `cluster.local` can never federate.
 *
 * Source: SPIFFE-ID.md section 2.1; SPIRE stops at start on an empty label.
 */
export class TrustDomain {
  /**
   * A trust domain by its name.
   *
   * @param name the name without scheme, such as `example.org`. Throws when it is no valid trust domain name.
   */
  public static of(name: string): TrustDomain {
    return new TrustDomain(name);
  }

  /**
   * The name without scheme, such as `example.org`.
   */
  public readonly name: string;

  private constructor(name: string) {
    if (typeof name !== 'string') {
      // a missing environment variable is the usual reason
      throw new Error(`trust domain is ${name}, no text: give its name, such as 'example.org'`);
    }
    if (name.includes('://')) {
      throw new Error(`trust domain '${name}' has a scheme: give the name alone, such as '${name.split('://')[1].split('/')[0]}'`);
    }
    if (/[A-Z]/.test(name)) {
      throw new Error(`trust domain '${name}' has upper-case letters: SPIFFE allows lower case only, use '${name.toLowerCase()}'`);
    }
    if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name)) {
      throw new Error(`trust domain '${name}' is not valid: allowed are a-z, 0-9, '-', '_' and single dots between labels, no port and no path`);
    }
    if (name.length > 255) {
      throw new Error(`trust domain of ${name.length} bytes is too long: 255 are allowed, shorten '${name.slice(0, 30)}...'`);
    }
    this.name = name;
  }

  /**
   * The SPIFFE ID of the trust domain itself, such as `spiffe://example.org`.
   */
  public get uri(): string {
    return `spiffe://${this.name}`;
  }

  /**
   * Whether the other one is the same trust domain.
   *
   * @param other the trust domain to compare with
   */
  public sameAs(other: TrustDomain): boolean {
    return this.name === other.name;
  }

  /**
   * The name without scheme.
   */
  public toString(): string {
    return this.name;
  }
}
