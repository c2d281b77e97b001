/**
 * How large the rules of one object may get. `kubectl apply` and Argo CD keep a copy of an object in its annotations, for which Kubernetes has
 * 256 KiB; the rest is for selector and metadata.
 */
export const RULES_LIMIT = 200 * 1024;

/**
 * The rules of one called workload: in one object, and in a further one (`-2`, `-3`) where one would get too large.
 *
 * They are sorted, so that the order of statements does not matter and a further statement is one piece of a diff. Rules of all objects add up,
 * so that it does not matter in which of them a rule is.
 */
export class MergedPolicies {
  private readonly objects: Map<string, any>[] = [];
  private size = 0;

  /**
   * @param shown the name for messages
   * @param define defines an object, whose name ends with the suffix; its rules are complete at the synthesis
   */
  public constructor(private readonly shown: string, private readonly define: (suffix: string, rules: () => any[]) => void) {}

  public add(rule: any): void {
    const text = JSON.stringify(rule);
    if (text.length > RULES_LIMIT) {
      throw new Error(`${this.shown} would get a rule of ${text.length} bytes, of ${RULES_LIMIT} that fit into one object: `
        + 'name fewer methods, paths or hosts in one statement, or a beginning for several paths');
    }
    if (this.objects.some((rules) => rules.has(text))) {
      return;
    }
    if (this.objects.length === 0 || this.size + text.length > RULES_LIMIT) {
      this.open();
    }
    this.size += text.length;
    this.objects.at(-1)!.set(text, rule);
  }

  private open(): void {
    const rules = new Map<string, any>();
    this.objects.push(rules);
    this.size = 0;
    const suffix = this.objects.length === 1 ? '' : `-${this.objects.length}`;
    this.define(suffix, () => [...rules].sort(([a], [b]) => a < b ? -1 : 1).map(([, rule]) => rule));
  }
}
