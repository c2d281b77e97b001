import { Finding } from './finding';

/** What to look for. */
export interface ManifestCheckerOptions {
  /**
   * Run these rules only.
   *
   * @default - all rules
   */
  readonly only?: string[];

  /**
   * Leave these rules out.
   *
   * @default - none
   */
  readonly skip?: string[];
}

/** A text to be checked. */
export interface ManifestText {
  /** The name of its file; findings tell it, and its ending tells the format. */
  readonly file: string;

  /** The text: YAML, JSON, HCL or Rego. */
  readonly text: string;
}

/** Finds what is wrong in manifests, whoever wrote them. */
export class ManifestChecker {
  constructor(private readonly options: ManifestCheckerOptions = {}) {}

  /**
   * Checks texts that belong together.
   *
   * Texts that define the same object in different folders are taken for several clusters.
   * It throws where a rule is named that does not exist.
   */
  public check(texts: ManifestText[]): Finding[] {
    // Loaded when it is needed: the rules and the YAML parser cost more time than everything else here.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { Engine } = require('./engine') as typeof import('./engine');
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { RULES } = require('./rules') as typeof import('./rules');
    const { only = [], skip = [] } = this.options;
    const unknown = [...only, ...skip].find(id => !RULES.some(rule => rule.id === id));
    if (unknown !== undefined) throw new Error(`there is no rule "${unknown}": see docs/rules.md`);
    const engine = new Engine();
    texts.forEach(text => engine.add(text));
    return engine.run(RULES.filter(rule => (only.length === 0 || only.includes(rule.id)) && !skip.includes(rule.id))).findings;
  }
}
