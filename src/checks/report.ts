import { Finding } from './finding';
import { RuleDescription } from './rule-description';
import { Embedded } from '../model/embedded';
import { Inside } from '../model/inside';
import { Layered } from '../model/layered';
import { Manifest, Path } from '../model/manifest';
import { Text } from '../model/text';

/** A finding without its line, which costs time to find, and the object it can be skipped at. */
export interface Located {
  readonly finding: Omit<Finding, 'line'>;
  readonly line: () => number;
  readonly manifest?: Manifest;
  readonly text?: Text;
}

/** Takes down what a rule finds. */
export class Report {
  public readonly located: Located[] = [];

  constructor(private readonly rule: RuleDescription) {}

  /** Something is wrong at a path of an object. */
  public at(manifest: Manifest, path: Path, message: string, fix = this.rule.fix): void {
    this.add(message, fix, manifest.fileOfLine(path), () => manifest.lineOf(path), objectOf(manifest));
  }

  /** Something is wrong on a line of the file of an object. */
  public on(manifest: Manifest, line: number, message: string, fix = this.rule.fix): void {
    this.add(message, fix, manifest.file, () => line, objectOf(manifest));
  }

  /** Something is wrong on a line of a text. */
  public in(text: Text, line: number, message: string, fix = this.rule.fix): void {
    this.add(message, fix, text.file, () => text.line(line), objectOf(text.manifest), text);
  }

  private add(message: string, fix: string, file: string, line: () => number, manifest?: Manifest, text?: Text): void {
    const object = manifest
      ? { apiVersion: manifest.apiVersion, kind: manifest.kind, namespace: manifest.namespace, name: manifest.name } : {};
    this.located.push({ finding: { rule: this.rule.id, level: this.rule.level, message, fix, file, object }, line, manifest, text });
  }
}

/** The object of the input that a manifest stands in. */
function objectOf(manifest: Manifest | undefined): Manifest | undefined {
  if (manifest instanceof Embedded) return objectOf(manifest.outer.manifest);
  return manifest instanceof Inside || manifest instanceof Layered ? objectOf(manifest.outer) : manifest;
}
