import { AGGREGATIONS, PROMQL_FUNCTIONS, PromqlType } from './functions';
import { checkPattern, matchesEmpty, Matcher } from './matchers';
import { PromqlError, PromqlUndecided, Token, tokensOf } from './tokens';

/** What is known of a part of an expression. */
interface Part {
  readonly type: PromqlType;
  readonly is?: 'selector' | 'range' | 'subquery';
  readonly hasOffset?: boolean;
  readonly hasTime?: boolean;
}

const PRECEDENCE: Record<string, number> = {
  'or': 1, 'and': 2, 'unless': 2, '==': 3, '!=': 3, '<=': 3, '<': 3, '>=': 3, '>': 3, '+': 4, '-': 4, '*': 5, '/': 5, '%': 5, 'atan2': 5, '^': 6,
};
const UNARY = 5;
const COMPARISONS = ['==', '!=', '<=', '<', '>=', '>'];
const SETS = ['and', 'or', 'unless'];
// words that are no metric where they stand alone
const NO_METRIC = ['bool', 'on', 'ignoring', 'group_left', 'group_right', 'atan2'];
const KEYWORDS = [...NO_METRIC, ...SETS, 'offset', 'by', 'without'];
const EXPERIMENTAL = ['fill', 'fill_left', 'fill_right', 'anchored', 'smoothed'];
const A = (type: PromqlType): string => type === 'instant vector' ? 'an instant vector' : type === 'string' ? 'text' : `a ${type}`;

/** Reads an expression as Prometheus does, for what it refuses and what it gives. */
export class PromqlParser {
  private readonly tokens: Token[];
  private at = 0;

  constructor(text: string) {
    this.tokens = tokensOf(text);
  }

  /** What the whole expression gives. @throws PromqlError, PromqlUndecided */
  public whole(): PromqlType {
    if (this.token().is === 'end') throw new PromqlError('there is no expression');
    const { type } = this.binary(0);
    if (this.token().is !== 'end') this.unexpected('an operator or the end');
    return type;
  }

  private token(): Token {
    return this.tokens[this.at];
  }

  private isSign(text: string, token = this.token()): boolean {
    return token.is === 'sign' && token.text === text;
  }

  private word(token = this.token()): string {
    return token.is === 'name' ? token.text.toLowerCase() : '';
  }

  private take(text: string): boolean {
    if (!this.isSign(text)) return false;
    this.at++;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) this.unexpected(text);
  }

  private unexpected(wanted: string): never {
    const { is, text } = this.token();
    throw new PromqlError(`${is === 'end' ? text : is === 'string' ? JSON.stringify(text) : `"${text}"`} stands where ${wanted} is wanted`);
  }

  private binary(least: number): Part {
    let left = this.unary();
    for (;;) {
      const operator = this.token().is === 'sign' ? this.token().text : this.word();
      const precedence = Object.prototype.hasOwnProperty.call(PRECEDENCE, operator) ? PRECEDENCE[operator] : 0;
      if (precedence === 0 || precedence < least) return left;
      this.at++;
      if (/^[<>]$/.test(operator) && this.isSign('/')) throw new PromqlUndecided();
      const matching = this.matching();
      const right = this.binary(operator === '^' ? precedence : precedence + 1);
      left = joined(operator, matching, left, right);
    }
  }

  private matching(): Matching {
    const isBool = this.word() === 'bool';
    if (isBool) this.at++;
    const word = this.word();
    if (EXPERIMENTAL.includes(word) && this.isSign('(', this.tokens[this.at + 1])) throw new PromqlUndecided();
    if (word !== 'on' && word !== 'ignoring') return { isBool, labels: [], isOn: false, included: [], isGrouped: false };
    this.at++;
    const labels = this.labels();
    const isGrouped = ['group_left', 'group_right'].includes(this.word());
    if (isGrouped) this.at++;
    const included = isGrouped && this.isSign('(') ? this.labels() : [];
    if (EXPERIMENTAL.includes(this.word())) throw new PromqlUndecided();
    return { isBool, labels, isOn: word === 'on', included, isGrouped };
  }

  private labels(): string[] {
    this.expect('(');
    const labels: string[] = [];
    while (!this.take(')')) {
      if (this.token().is !== 'name' && this.token().is !== 'string') this.unexpected('a label');
      labels.push(this.token().text);
      this.at++;
      if (!this.isSign(')')) this.expect(',');
    }
    return labels;
  }

  private unary(): Part {
    if (!this.isSign('-') && !this.isSign('+')) return this.modified(this.atom());
    this.at++;
    const part = this.binary(UNARY + 1);
    if (part.type !== 'scalar' && part.type !== 'instant vector') throw new PromqlError(`a sign stands before ${A(part.type)}`);
    return { type: part.type };
  }

  private modified(part: Part): Part {
    let whole = part;
    for (;;) {
      if (this.take('[')) whole = this.range(whole);
      else if (this.word() === 'offset') whole = this.offset(whole);
      else if (this.take('@')) whole = this.time(whole);
      else if (['anchored', 'smoothed'].includes(this.word())) throw new PromqlUndecided();
      else return whole;
    }
  }

  private range(part: Part): Part {
    this.duration();
    if (this.take(':')) {
      if (!this.isSign(']')) this.duration();
      this.expect(']');
      if (part.type !== 'instant vector') throw new PromqlError(`a subquery is made of an instant vector, this is ${A(part.type)}`);
      return { type: 'range vector', is: 'subquery' };
    }
    if (/^[-+*/%^]$/.test(this.token().text)) throw new PromqlUndecided();
    this.expect(']');
    if (part.is !== 'selector') throw new PromqlError('a range such as [5m] follows a selector only: write [5m:] for a subquery');
    if (part.hasOffset || part.hasTime) throw new PromqlError('offset and @ stand behind the range, not before it');
    return { type: 'range vector', is: 'range' };
  }

  private duration(): void {
    const { is, text } = this.token();
    if (is !== 'duration' && is !== 'number') {
      if (/^[-+(]$/.test(text) || is === 'name' && this.isSign('(', this.tokens[this.at + 1])) throw new PromqlUndecided();
      this.unexpected('a duration such as 5m');
    }
    if (/^[0.]+[a-z]*$/.test(text)) throw new PromqlError(`the duration ${text} is not greater than 0`);
    this.at++;
  }

  private offset(part: Part): Part {
    this.at++;
    if (part.is === undefined) throw new PromqlError('offset follows a selector, a range or a subquery only');
    if (part.hasOffset) throw new PromqlError('offset is there twice');
    if (this.isSign('-') || this.isSign('+')) this.at++;
    if (/^[-+(]$/.test(this.token().text) || this.token().is === 'name') throw new PromqlUndecided();
    if (this.token().is !== 'duration' && this.token().is !== 'number') this.unexpected('a duration such as 5m');
    this.at++;
    return { ...part, hasOffset: true };
  }

  private time(part: Part): Part {
    if (part.is === undefined) throw new PromqlError('@ follows a selector, a range or a subquery only');
    if (part.hasTime) throw new PromqlError('@ is there twice');
    if (['start', 'end'].includes(this.word())) {
      this.at++;
      this.expect('(');
      this.expect(')');
    } else {
      if (this.isSign('-') || this.isSign('+')) this.at++;
      if (this.token().is !== 'number' && this.token().is !== 'duration') this.unexpected('a time, start() or end()');
      this.at++;
    }
    return { ...part, hasTime: true };
  }

  private atom(): Part {
    const { is } = this.token();
    if (is === 'number' || is === 'duration' || is === 'string') {
      this.at++;
      return { type: is === 'string' ? 'string' : 'scalar' };
    }
    if (this.take('(')) {
      const { type } = this.binary(0);
      this.expect(')');
      return { type };
    }
    if (this.isSign('{')) return this.selector('');
    if (is !== 'name') this.unexpected('an expression');
    return this.named();
  }

  private named(): Part {
    const [name, word, next] = [this.token().text, this.word(), this.tokens[this.at + 1]];
    const isCalled = this.isSign('(', next);
    if (AGGREGATIONS.has(word) && (isCalled || ['by', 'without'].includes(this.word(next)))) return this.aggregation(word);
    if (NO_METRIC.includes(word) || isCalled && (KEYWORDS.includes(word) || name.includes(':'))) this.unexpected('an expression');
    this.at++;
    return isCalled ? this.call(name) : this.selector(name);
  }

  private aggregation(name: string): Part {
    this.at++;
    const isBefore = !this.isSign('(');
    if (isBefore) this.grouping();
    const given = this.arguments();
    if (!isBefore && ['by', 'without'].includes(this.word())) this.grouping();
    const parameter = AGGREGATIONS.get(name);
    const takes: PromqlType[] = parameter ? [parameter, 'instant vector'] : ['instant vector'];
    if (given.length !== takes.length) throw new PromqlError(`${name} takes ${takes.map(A).join(' and ')}, there ${given.length === 1 ? 'is' : 'are'} ${given.length}`);
    this.compare(name, takes, given);
    return { type: 'instant vector' };
  }

  private grouping(): void {
    this.at++;
    this.labels();
  }

  private call(name: string): Part {
    if (name === 'info' || name === 'histogram_quantiles') throw new PromqlUndecided();
    const known = PROMQL_FUNCTIONS.get(name);
    if (!known) throw new PromqlError(`there is no function ${name}`);
    const given = this.arguments();
    if (given.length < known.least || given.length > known.most) {
      throw new PromqlError(`${name} takes ${known.least === known.most ? known.least : `at least ${known.least}`} argument${known.least === 1 ? '' : 's'}, there ${given.length === 1 ? 'is' : 'are'} ${given.length}`);
    }
    this.compare(name, known.takes, given);
    return { type: known.gives };
  }

  private compare(name: string, takes: readonly PromqlType[], given: readonly Part[]): void {
    given.forEach(({ type, is }, i) => {
      const wanted = takes[Math.min(i, takes.length - 1)];
      const hint = wanted === 'range vector' && is === 'selector' ? ': write a range such as [5m] behind the selector' : '';
      if (type !== wanted) throw new PromqlError(`${name} takes ${A(wanted)}, this is ${A(type)}${hint}`);
    });
  }

  private arguments(): Part[] {
    this.expect('(');
    if (this.take(')')) return [];
    const given = [this.binary(0)];
    while (this.take(',')) given.push(this.binary(0));
    this.expect(')');
    return given;
  }

  private selector(name: string): Part {
    const matchers: Matcher[] = [];
    if (this.take('{')) {
      while (!this.take('}')) {
        matchers.push(this.matcher());
        if (!this.isSign('}')) this.expect(',');
      }
    }
    const names = matchers.filter(({ label }) => label === '__name__').length;
    if (name !== '' && names > 0) throw new PromqlError(`the name of the metric is there twice, ${name} and in the braces`);
    if (name === '' && matchers.every(matchesEmpty)) throw new PromqlError('the selector takes every metric: name one, or a label that may not be empty');
    return { type: 'instant vector', is: 'selector' };
  }

  private matcher(): Matcher {
    const { is, text } = this.token();
    if (is !== 'string' && (is !== 'name' && !/^(inf|nan)$/i.test(text) || text.includes(':'))) this.unexpected('a label');
    this.at++;
    if (is === 'string' && (this.isSign(',') || this.isSign('}'))) return { label: '__name__', operator: '=', value: text };
    const operator = this.token().text;
    if (this.token().is !== 'sign' || !['=', '!=', '=~', '!~'].includes(operator)) this.unexpected('one of =, !=, =~, !~');
    this.at++;
    if (this.token().is !== 'string') this.unexpected('a value in quotes');
    const value = this.token().text;
    this.at++;
    const matcher = { label: text, operator, value };
    checkPattern(matcher);
    return matcher;
  }
}

interface Matching {
  readonly isBool: boolean;
  readonly labels: readonly string[];
  readonly isOn: boolean;
  readonly included: readonly string[];
  readonly isGrouped: boolean;
}

/** What an operator makes of its two sides. */
function joined(operator: string, { isBool, labels, isOn, included, isGrouped }: Matching, left: Part, right: Part): Part {
  const scalars = [left, right].filter(({ type }) => type === 'scalar').length;
  const wrong = [left, right].find(({ type }) => type !== 'scalar' && type !== 'instant vector');
  if (wrong) throw new PromqlError(`"${operator}" joins scalars and instant vectors, this is ${A(wrong.type)}`);
  if (isBool && !COMPARISONS.includes(operator)) throw new PromqlError(`bool stands behind "${operator}", which compares nothing`);
  if (COMPARISONS.includes(operator) && scalars === 2 && !isBool) throw new PromqlError(`"${operator}" between two scalars needs bool behind it`);
  if (scalars > 0 && labels.length > 0) throw new PromqlError('on and ignoring match instant vectors only');
  if (scalars > 0 && SETS.includes(operator)) throw new PromqlError(`${operator} joins instant vectors only`);
  if (scalars === 0 && isGrouped && SETS.includes(operator)) throw new PromqlError(`${operator} takes neither group_left nor group_right`);
  const both = isOn && included.find(label => labels.includes(label));
  if (both) throw new PromqlError(`the label ${both} is both in on and in the group`);
  return { type: scalars === 2 ? 'scalar' : 'instant vector' };
}
