/**
 * How a path is compared. `EXACT` is the whole path, `TEMPLATE` one with `{*}` for a segment or `{**}` for any rest.
 */
export enum PathKind {
  EXACT = 'exact',
  PREFIX = 'prefix',
  SUFFIX = 'suffix',
  TEMPLATE = 'template',
}

// what Envoy's path templates take for a character of a segment
const SEGMENT = "A-Za-z0-9._~%!$&'()+,;:@=*-";

/**
 * A path of a statement, in the words of Istio, and what it matches: normalized paths without query.
 */
export class PathPattern {
  /**
   * Reads a path, and refuses what no normalized path can match.
   */
  public static parse(where: string, text: string): PathPattern {
    const problem = problemOf(text);
    if (problem) {
      throw new Error(`${where} has path '${text}'${problem}`);
    }
    if (/\{\*\*?\}/.test(text)) {
      return new PathPattern(PathKind.TEMPLATE, text);
    }
    if (text.endsWith('*')) {
      return new PathPattern(PathKind.PREFIX, text.slice(0, -1));
    }
    return text.startsWith('*') ? new PathPattern(PathKind.SUFFIX, text.slice(1)) : new PathPattern(PathKind.EXACT, text);
  }

  private constructor(
    public readonly kind: PathKind,
    /** The path, its beginning, its end or the template. */
    public readonly value: string,
  ) {}

  /**
   * Whether a normalized path without query is meant.
   */
  public matches(path: string): boolean {
    switch (this.kind) {
      case PathKind.EXACT: return path === this.value;
      case PathKind.PREFIX: return path.startsWith(this.value);
      case PathKind.SUFFIX: return path.endsWith(this.value);
      case PathKind.TEMPLATE: return new RegExp(`^${this.regex()}$`).test(path);
    }
  }

  /**
   * The same as a regular expression (RE2) for the whole path.
   */
  public regex(): string {
    const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    switch (this.kind) {
      case PathKind.EXACT: return literal(this.value);
      case PathKind.PREFIX: return `${literal(this.value)}.*`;
      case PathKind.SUFFIX: return `.*${literal(this.value)}`;
      case PathKind.TEMPLATE: return this.value.split(/(\{\*\*?\})/)
        .map((part) => part === '{*}' ? `[${SEGMENT}]+` : part === '{**}' ? `[${SEGMENT}/]*` : literal(part)).join('');
    }
  }

  /**
   * A path that it matches.
   */
  public example(): string {
    switch (this.kind) {
      case PathKind.EXACT: return this.value;
      case PathKind.PREFIX: return `${this.value}x`;
      case PathKind.SUFFIX: return this.value.startsWith('/') ? this.value : `/x${this.value}`;
      case PathKind.TEMPLATE: return this.value.replace(/\{\*\*?\}/g, 'x');
    }
  }
}

function problemOf(text: string): string | undefined {
  if (text === '*' || text === '/*') {
    return ', which is every path: leave paths out';
  }
  if (/^\^|\\/.test(text)) {
    return ", which looks like a regular expression: paths are compared as they stand, with '*' at an end, '{*}' for one segment or '{**}' for the rest";
  }
  if (!text.startsWith('/') && !text.startsWith('*')) {
    return `, which matches no request: paths begin with '/', use '/${text}'`;
  }
  if (/[?#]/.test(text)) {
    return ` with '${/[?#]/.exec(text)![0]}': paths are compared without query, use '${text.split(/[?#]/)[0]}'`;
  }
  if (text.includes('//')) {
    return ` with '//': slashes are merged before paths are compared, use '${text.replace(/\/+/g, '/')}'`;
  }
  const named = /\/(\{[^{}/*]*\}|:[A-Za-z][A-Za-z0-9_]*)(?=\/|$)/.exec(text)?.[1];
  if (named) {
    return ` with '${named}', which is compared as it stands: use '{*}' for a segment, '${text.replace(named, '{*}')}'`;
  }
  const bare = text.replace(/\{\*\*?\}/g, '');
  const isTemplate = bare !== text;
  const inner = isTemplate ? bare : bare.replace(text.startsWith('*') ? /^\*/ : /\*$/, '');
  if (inner.includes('*')) {
    return " with '*' inside: it is a plain character there, use '{*}' for one segment or '{**}' for the rest";
  }
  if (/[^A-Za-z0-9._~%!$&'()+,;:@=/-]/.test(inner)) {
    return ` with '${/[^A-Za-z0-9._~%!$&'()+,;:@=/-]/.exec(inner)![0]}', which no request has unencoded: write it as '%' and two upper-case hex digits`;
  }
  if (/%(?![0-9A-F]{2})/.test(inner) || /%(2[DE]|3[0-9]|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])/.test(inner)) {
    return ' with a percent-encoding that requests do not keep: letters, digits and -._~ stand unencoded, other characters as upper-case hex';
  }
  if (isTemplate && text.split('/').some((segment) => /\{\*\*?\}/.test(segment) && !/^\{\*\*?\}$/.test(segment))) {
    return " with a segment that is only partly '{*}' or '{**}': each stands for whole segments";
  }
  if (isTemplate && (/\{\*\*\}.*\{\*/.test(text) || /[{}]/.test(bare))) {
    return " with '{*}' or '{**}' after '{**}', or a single brace: '{**}' is the last that is left open";
  }
  if (text.split('/').some((segment) => /^\.\.?(;.*)?$/.test(segment))) {
    return " with '.' or '..': they are resolved before paths are compared, write the path out";
  }
  return undefined;
}
