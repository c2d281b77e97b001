import { compilesInGo } from '../../formats/go-regexp';

/**
 * How a text is compared.
 */
export class StringMatch {
  /**
   * The whole text, case-sensitive.
   *
   * @param value the text
   */
  public static exact(value: string): StringMatch {
    return new StringMatch('exact', value);
  }

  /**
   * The beginning of the text.
   *
   * @param value the beginning
   */
  public static prefix(value: string): StringMatch {
    return new StringMatch('prefix', value);
  }

  /**
   * A regular expression (RE2) for the whole text.
   *
   * Throws when it does not compile, or has what RE2 does not know, such as `(?=`.
   *
   * @param value the expression
   */
  public static regex(value: string): StringMatch {
    if (typeof value !== 'string' || !compilesInGo(value)) {
      throw new Error(`match regex '${value}' is no regular expression of RE2: close its groups and classes, and use no look-around and no back-reference`);
    }
    return new StringMatch('regex', value);
  }

  private constructor(
    private readonly kind: string,
    /**
     * The text, its beginning or the expression.
     */
    public readonly value: string,
  ) {
    if (value === '') {
      throw new Error(`match ${kind} is empty: it would match everything or nothing, give a text`);
    }
  }

  /**
   * Whether what it compares with has a form; an expression may mean any text.
   *
   * @internal
   */
  public _fits(form: RegExp): boolean {
    return this.kind === 'regex' || form.test(this.value);
  }

  /**
   * @internal
   */
  public _toJson(): any {
    return { [this.kind]: this.value };
  }
}
