import { requireProps } from './require-props';
import { TrustDomain } from './trust-domain';

/**
 * A SPIFFE ID: a trust domain and a path, written `spiffe://<trust domain>/<path>`.
 *
 * Path segments hold letters, digits, `.`, `-` and `_`, are neither empty nor `.` nor `..`; the whole URI has 2048 bytes at most.
 *
 * Source: SPIFFE-ID.md section 2.
 */
export class SpiffeId {
  /**
   * A SPIFFE ID of a trust domain by its path segments.
   *
   * Throws when a segment is not valid or when the URI is too long.
   *
   * @param trustDomain the trust domain the identity belongs to
   * @param segments the path segments in order, such as `'ns', 'shop', 'sa', 'web'`
   */
  public static of(trustDomain: TrustDomain, ...segments: string[]): SpiffeId {
    requireProps('SpiffeId.of', { trustDomain, segments }, { trustDomain: 'TrustDomain', segments: 'text[]' });
    return new SpiffeId(trustDomain, segments);
  }

  /**
   * A SPIFFE ID from its URI.
   *
   * Throws when the text is no SPIFFE ID with a path.
   *
   * @param uri the URI, such as `spiffe://example.org/ns/shop/sa/web`
   */
  public static parse(uri: string): SpiffeId {
    requireProps('SpiffeId.parse', { uri }, { uri: 'text' });
    if (!uri.startsWith('spiffe://')) {
      throw new Error(`SPIFFE ID '${uri}' does not start with 'spiffe://': write it as 'spiffe://<trust domain>/<path>'`);
    }
    const extra = uri.slice('spiffe://'.length).match(/[?#%@]/);
    if (extra) {
      throw new Error(`SPIFFE ID '${uri}' has '${extra[0]}': a SPIFFE ID has no query, fragment, user or percent-encoding, remove it`);
    }
    const [trustDomain, ...segments] = uri.slice('spiffe://'.length).split('/');
    return new SpiffeId(TrustDomain.of(trustDomain), segments);
  }

  /**
   * The trust domain the identity belongs to.
   */
  public readonly trustDomain: TrustDomain;

  /**
   * The path with its leading slash, such as `/ns/shop/sa/web`.
   */
  public readonly path: string;

  private constructor(trustDomain: TrustDomain, segments: string[]) {
    this.trustDomain = trustDomain;
    this.path = segments.map((segment) => `/${segment}`).join('');
    if (segments.length === 0) {
      throw new Error(`SPIFFE ID '${trustDomain.uri}' names a trust domain, not a workload: add a path, such as '/ns/shop/sa/web'`);
    }
    for (const segment of segments) {
      this.requireSegment(segment);
    }
    if (this.uri.length > 2048) {
      throw new Error(`SPIFFE ID of ${this.uri.length} bytes is too long: 2048 are allowed, shorten the path`);
    }
  }

  /**
   * The whole URI, such as `spiffe://example.org/ns/shop/sa/web`.
   */
  public get uri(): string {
    return `${this.trustDomain.uri}${this.path}`;
  }

  /**
   * Whether the path belongs to SPIRE itself (`/spire/...`); registration entries may not use it.
   */
  public get reserved(): boolean {
    return this.path === '/spire' || this.path.startsWith('/spire/');
  }

  /**
   * Whether the other one is the same identity. Paths are case-sensitive.
   *
   * @param other the identity to compare with
   */
  public sameAs(other: SpiffeId): boolean {
    return this.uri === other.uri;
  }

  /**
   * The whole URI.
   */
  public toString(): string {
    return this.uri;
  }

  private requireSegment(segment: string) {
    const shown = `SPIFFE ID path '${this.path}'`;
    if (segment === '') {
      throw new Error(`${shown} has an empty segment: remove the doubled or trailing slash`);
    }
    if (segment === '.' || segment === '..') {
      throw new Error(`${shown} has the segment '${segment}': relative segments are not allowed, write the path out`);
    }
    if (!/^[A-Za-z0-9._-]+$/.test(segment)) {
      throw new Error(`${shown} has the segment '${segment}': allowed are letters, digits, '.', '-' and '_'`);
    }
  }
}
