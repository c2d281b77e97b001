const NEWEST_MINOR = 15;
const NEWEST = `1.${NEWEST_MINOR}`;

/**
 * A release of SPIRE: what its configuration may hold, and the images that belong together.
 */
export class SpireVersion {
  /**
   * SPIRE 1.15 (1.15.3).
   */
  public static readonly V1_15 = new SpireVersion('1.15.3');

  /**
   * Another release, for patch releases that are newer than this library and for upgrades step by step.
   *
   * Throws for a release before 1.13, and for one whose minor release is newer than this library: its configuration may be another one.
   *
   * @param version the full version, such as `1.14.7`
   */
  public static of(version: string): SpireVersion {
    const release = new SpireVersion(version);
    if (!release.isKnown) {
      throw new Error(`SPIRE ${version} is newer than what this library writes configurations for, which is ${NEWEST}: use a newer cdk8s-spiffe, `
        + `or SpireVersion.unchecked('${version}') to write them as for ${NEWEST}`);
    }
    return release;
  }

  /**
   * A release that may be newer than this library.
   *
   * Its configuration is written as for the newest release that the library knows, and says so in a comment.
   *
   * Throws for a release before 1.13, and for another major release.
   *
   * @param version the full version, such as `1.16.0`
   */
  public static unchecked(version: string): SpireVersion {
    return new SpireVersion(version);
  }

  private constructor(
    /**
     * The full version, which is the tag of the images.
     */
    public readonly version: string,
  ) {
    const match = /^1\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(version);
    if (/^[2-9]\.\d+\.\d+$/.test(version)) {
      throw new Error(`SPIRE ${version} is another major release than 1, the one that this library writes configurations for: use a newer cdk8s-spiffe`);
    }
    if (!match) {
      throw new Error(`SPIRE version '${version}' is not a full version: write it as '1.15.3'`);
    }
    if (Number(match[1]) < 13) {
      throw new Error(`SPIRE ${version} is older than what this library writes configurations for: use 1.13 or newer`);
    }
  }

  /**
   * The minor release, such as `1.15`.
   */
  public get minor(): string {
    return this.version.split('.').slice(0, 2).join('.');
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
    return this.isKnown ? undefined : `SPIRE ${this.version} is not known to cdk8s-spiffe: written as for ${NEWEST}`;
  }

  /**
   * Whether this release is the given one or a newer one.
   *
   * @param version the full version, such as `1.15.3`
   */
  public isAtLeast(version: string): boolean {
    return order(this.version) >= order(version);
  }

  /**
   * How many minor releases this one is ahead of another; negative when it is older.
   *
   * @param other the other release
   */
  public minorsAheadOf(other: SpireVersion): number {
    return Number(this.version.split('.')[1]) - Number(other.version.split('.')[1]);
  }

  /**
   * The full version.
   */
  public toString(): string {
    return this.version;
  }
}

function order(version: string): number {
  return version.split('.').reduce((sum, part) => sum * 10_000 + Number(part), 0);
}
