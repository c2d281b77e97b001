import { readFileSync } from 'node:fs';
import { SpiffeValidationProps } from './spiffe-validation-props';
import { Finding, Level, ManifestChecker } from '../../checks';

/**
 * The checks as a validation of `cdk8s synth`, for apps of any cdk8s language: `class: SpiffeValidation` in `cdk8s.yaml`.
 *
 * Findings are in the report with their construct paths; those below the level do not fail it, and notes are left out unless they do.
 */
export class SpiffeValidation {
  private readonly level: Level;
  private readonly checker: ManifestChecker;

  /**
   * Throws when a property is none, or has a value that is none of its own.
   */
  public constructor(props: SpiffeValidationProps = {}) {
    const unknown = Object.keys(props).find((name) => !PROPERTIES.includes(name));
    if (unknown !== undefined) {
      throw new Error(`SpiffeValidation has no property '${unknown}': it has ${PROPERTIES.join(', ')}`);
    }
    this.level = props.level ?? Level.ERROR;
    if (!LEVELS.includes(this.level)) {
      throw new Error(`level '${this.level}' of SpiffeValidation is none: use one of ${LEVELS.join(', ')}`);
    }
    for (const name of ['only', 'skip'] as const) {
      if (props[name] !== undefined && !Array.isArray(props[name])) {
        throw new Error(`'${name}' of SpiffeValidation is '${String(props[name])}', no list: write the names of rules as a list`);
      }
    }
    this.checker = new ManifestChecker({ only: props.only, skip: props.skip });
  }

  /**
   * Checks the manifests of a synthesis; cdk8s-cli calls it.
   *
   * @param context the `ValidationContext` of cdk8s-cli
   */
  public async validate(context: any): Promise<void> {
    const { manifests, report } = context as Context;
    const findings = this.checker.check(manifests.map((file) => ({ file, text: readFileSync(file, 'utf8') })));
    const shown = this.level === Level.INFO ? findings : findings.filter(({ level }) => level !== Level.INFO);
    violationsOf(shown).forEach((violation) => report.addViolation(violation));
    const failures = findings.filter(({ level }) => LEVELS.indexOf(level) <= LEVELS.indexOf(this.level));
    report.submit(failures.length > 0 ? 'failure' : 'success', countsOf(findings));
  }
}

const PROPERTIES = ['level', 'only', 'skip'];
const LEVELS = [Level.ERROR, Level.WARNING, Level.INFO];

/** What is used of cdk8s-cli, whose types are not published for plugins without itself. */
interface Context {
  readonly manifests: string[];
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata: { [name: string]: string }): void;
  };
}

interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: { readonly resourceName: string; readonly manifestPath: string; readonly locations: string[] }[];
}

// one for each rule and fix: cdk8s-cli shows them once, above all their places
function violationsOf(findings: Finding[]): Violation[] {
  const violations = new Map<string, Violation>();
  for (const { rule, level, fix, file, line, message, object } of findings) {
    const key = JSON.stringify([rule, fix]);
    const violation = violations.get(key) ?? { ruleName: `${rule} (${level})`, recommendation: whyOf(rule), fix, violatingResources: [] };
    violations.set(key, violation);
    violation.violatingResources.push({ resourceName: object.name ?? '', manifestPath: file, locations: [`line ${line}: ${message}`] });
  }
  return [...violations.values()];
}

function whyOf(id: string): string {
  // Loaded when it is needed: the rules cost more time than everything else here.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { RULES } = require('../../checks/rules') as typeof import('../../checks/rules');
  const { title, why } = RULES.find((rule) => rule.id === id)!;
  return `${title}: ${why}`;
}

function countsOf(findings: Finding[]): { [name: string]: string } {
  const count = (wanted: Level) => String(findings.filter(({ level }) => level === wanted).length);
  return { Errors: count(Level.ERROR), Warnings: count(Level.WARNING), Notes: count(Level.INFO) };
}
