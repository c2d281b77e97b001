const NEWEST_MINOR = 30;
const NEWEST = `1.${NEWEST_MINOR}`;

/**
 * A release of Istio: what its installation and its resources may hold.
 */
export class IstioVersion {
  /**
   * Istio 1.29 (1.29.6).
   */
  public static readonly V1_29 = new IstioVersion('1.29.6');

  /**
   * Istio 1.30 (1.30.3).
   */
  public static readonly V1_30 = new IstioVersion('1.30.3');

  /**
   * Another release, for patch releases that are newer than this library.
   *
   * Throws for a release before 1.26: its proxies ignore a socket name other than `socket`, so they cannot fail closed. Throws for one whose minor
   * release is newer than this library: its installation may take other values.
   *
   * @param version the full version, such as `1.30.4`
   */
  public static of(version: string): IstioVersion {
    const release = new IstioVersion(version);
    if (!release.isKnown) {
      throw new Error(`Istio ${version} is newer than what this library writes installations for, which is ${NEWEST}: use a newer cdk8s-spiffe, `
        + `or IstioVersion.unchecked('${version}') to write them as for ${NEWEST}`);
    }
    return release;
  }

  /**
   * A release that may be newer than this library.
   *
   * Its installation is written as for the newest release that the library knows, and says so in a comment.
   *
   * Throws for a release before 1.26, and for another major release.
   *
   * @param version the full version, such as `1.31.0`
   */
  public static unchecked(version: string): IstioVersion {
    return new IstioVersion(version);
  }

  /**
   * The full version.
   */
  public readonly version: string;

  private constructor(version: string) {
    const match = /^1\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[a-z0-9.]+)?$/.exec(version);
    if (/^[2-9]\.\d+\.\d+/.test(version)) {
      throw new Error(`Istio ${version} is another major release than 1, the one that this library writes installations for: use a newer cdk8s-spiffe`);
    }
    if (!match) {
      throw new Error(`Istio version '${version}' is not a full version: write it as '1.30.3'`);
    }
    if (Number(match[1]) < 26) {
      throw new Error(`Istio ${version} cannot be used with SPIRE here: its proxies do not honour the socket name, use 1.26 or newer`);
    }
    this.version = version;
  }

  /**
   * Whether this library knows the minor release, so that what it writes is what the release takes.
   */
  public get isKnown(): boolean {
    return Number(this.version.split('.')[1]) <= NEWEST_MINOR;
  }

  /**
   * What files for a release that is not known say.
   *
   * @internal
   */
  public get _caution(): string | undefined {
    return this.isKnown ? undefined : `Istio ${this.version} is not known to cdk8s-spiffe: written as for ${NEWEST}`;
  }

  /**
   * Whether this release is the given one of Istio 1 or a newer one.
   *
   * @param minor the minor release, such as 31 for Istio 1.31
   * @param patch the patch release, such as 2 for Istio 1.29.2; 0 when it is left out
   */
  public isAtLeast(minor: number, patch: number = 0): boolean {
    const [, ownMinor, ownPatch] = this.version.split(/[.-]/).map(Number);
    return ownMinor > minor || (ownMinor === minor && ownPatch >= patch);
  }

  /**
   * The full version.
   */
  public toString(): string {
    return this.version;
  }
}
