import { HelmReader } from './helm-reader';
import { Json, Path, asText } from '../model/manifest';

/** The values of one chart. */
export class Section {
  constructor(private readonly reader: HelmReader, public readonly key: string) {}

  public get(path: string): Json {
    return this.reader.get(this.path(path));
  }

  public isFilledIn(path: string): boolean {
    return this.reader.isFilledIn(this.path(path));
  }

  public isOn(path: string, byDefault = false): boolean {
    return this.reader.isOn(this.path(path), byDefault);
  }

  public keys(path: string): string[] {
    return this.reader.keys(this.path(path));
  }

  public refuse(wrong: boolean, path: string, message: string): void {
    this.reader.tell(wrong, this.path(path), message);
  }

  public refuseIn(wrong: boolean, path: Path, message: string): void {
    this.reader.tell(wrong, [this.key, ...path], message);
  }

  public exactlyOne(path: string, names: readonly string[], byDefault: readonly string[]): void {
    const on = names.filter(name => this.isOn(`${path}.${name}`, byDefault.includes(name)));
    this.refuse(on.length !== 1, this.lastGiven(path, on), `exactly one of ${names.join(', ')} can be enabled, ${on.length === 0 ? 'none is' : `${on.join(' and ')} are`}`);
  }

  public atMostOne(path: string, names: readonly string[], byDefault: readonly string[] = []): void {
    const on = names.filter(name => this.isOn(`${path}.${name}`, byDefault.includes(name)));
    this.refuse(on.length > 1, this.lastGiven(path, on), `only one of ${on.join(' and ')} can be enabled`);
  }

  public oneOf(path: string, allowed: readonly string[], byDefault: string): void {
    const value = asText(this.get(path) ?? byDefault);
    this.refuse(value !== '' && !allowed.includes(value), path, `${path} ${value} is none of ${allowed.join(', ')}`);
  }

  /** The last of some keys that somebody wrote, or what holds them. */
  private lastGiven(path: string, names: readonly string[]): string {
    const given = names.filter(name => this.get(`${path}.${name}`) !== undefined).pop();
    return given === undefined ? path : `${path}.${given}`;
  }

  private path(path: string): string[] {
    return [this.key, ...path.split('.')];
  }
}
