import { isFilledIn } from '../model/filled-in';
import { Json, Path, asObject, asText } from '../model/manifest';
import { ChartValues } from '../model/spire/chart-values';

/** Something that is wrong in Helm values. */
export interface HelmProblem {
  readonly path: Path;
  readonly message: string;
}

/** Reads values, and keeps what they leave out: nothing is said of it where other values of the release may give it. */
export class HelmReader {
  public readonly found: HelmProblem[] = [];
  private absent: Path[] = [];

  constructor(private readonly values: ChartValues) {}

  /** A value; undefined where it is left out, or filled in later. */
  public get(path: Path): Json {
    const value = this.values.get(path);
    if (value === undefined) this.absent.push(path);
    return typeof value === 'string' && isFilledIn(value) ? undefined : value;
  }

  public isFilledIn(path: Path): boolean {
    return isFilledIn(asText(this.values.get(path)));
  }

  public text(path: Path, standard = ''): string {
    return asText(this.get(path)) || standard;
  }

  public isOn(path: Path, byDefault = false): boolean {
    const value = this.get([...path, 'enabled']);
    // what is filled in is on or off, and one of both is no mistake
    return value === undefined ? byDefault && !this.isFilledIn([...path, 'enabled']) : String(value) === 'true';
  }

  /** The entries of a mapping, which each have their own values. */
  public keys(path: Path): string[] {
    return Object.keys(asObject(this.values.get(path)));
  }

  /** Tells what is wrong, if it is so whatever other values there are. */
  public tell(isWrong: boolean, path: Path, message: string): void {
    const absent = this.absent;
    this.absent = [];
    if (isWrong && this.values.isLeftOut(absent)) this.found.push({ path, message });
  }
}
