import { Lexeme, TemplateError, lex } from './lexer';

/** An argument or a call in an action, as far as a lint needs it. */
export interface Expression {
  readonly kind: 'path' | 'variable' | 'literal' | 'call' | 'pipe';
  /** Names of a path (`.PodMeta.Labels.app`), or the name of a function, or the text of a literal. */
  readonly names: string[];
  readonly args: Expression[];
}

export interface Template {
  /** Texts and expressions in order; control structures are not kept. */
  readonly parts: (string | Expression)[];
  /** Whether there are only texts and expressions in it. */
  readonly straight: boolean;
}

const BUILT_IN = ['and', 'or', 'not', 'len', 'index', 'slice', 'print', 'printf', 'println', 'html', 'js', 'urlquery', 'call', 'eq', 'ne', 'lt', 'le',
  'gt', 'ge'];

/**
 * Parses a Go text/template.
 *
 * @param functions names known beside the built-in ones
 */
export function parseTemplate(template: string, functions: readonly string[] = []): Template {
  return new Parser(lex(template), new Set([...BUILT_IN, ...functions])).parse();
}

class Parser {
  private at = 0;
  private readonly parts: (string | Expression)[] = [];
  private straight = true;
  private readonly open: { keyword: string; elseSeen: boolean }[] = [];
  private readonly variables = new Set(['$']);

  constructor(private readonly lexemes: Lexeme[], private readonly functions: Set<string>) {}

  public parse(): Template {
    while (this.at < this.lexemes.length) {
      const lexeme = this.lexemes[this.at++];
      if (lexeme.type === 'text') this.parts.push(lexeme.text);
      else this.action();
    }
    if (this.open.length > 0) throw new TemplateError('unexpected EOF');
    return { parts: this.parts, straight: this.straight };
  }

  private action(): void {
    this.skipSpace();
    const lexeme = this.lexemes[this.at];
    if (lexeme.type === 'word' && this.control(lexeme.text)) return;
    this.parts.push(this.pipeline('close'));
  }

  private control(keyword: string): boolean {
    switch (keyword) {
      case 'if': case 'with': case 'range':
        this.begin(keyword);
        this.parts.push(this.pipeline('close'));
        return true;
      case 'define': case 'block': case 'template':
        this.at++;
        this.named(keyword);
        return true;
      case 'else':
        this.at++;
        this.otherwise();
        return true;
      case 'end':
        this.at++;
        if (!this.open.pop()) throw new TemplateError('unexpected {{end}}');
        this.close();
        return true;
      case 'break': case 'continue':
        this.at++;
        if (!this.open.some(block => block.keyword === 'range')) throw new TemplateError(`{{${keyword}}} outside {{range}}`);
        this.close();
        return true;
      default:
        return false;
    }
  }

  private begin(keyword: string): void {
    this.at++;
    this.straight = false;
    this.open.push({ keyword, elseSeen: false });
  }

  private named(keyword: string): void {
    this.straight = false;
    this.skipSpace();
    if (this.lexemes[this.at++].type !== 'string') throw new TemplateError(`a name is needed behind {{${keyword}}`);
    if (keyword !== 'template') this.open.push({ keyword, elseSeen: false });
    this.skipSpace();
    if (keyword === 'define' || this.lexemes[this.at].type === 'close') return this.close();
    this.parts.push(this.pipeline('close'));
  }

  private otherwise(): void {
    const block = this.open[this.open.length - 1];
    if (!block || block.elseSeen || block.keyword === 'define') throw new TemplateError('unexpected {{else}}');
    this.skipSpace();
    const next = this.lexemes[this.at];
    if (next.type === 'word' && (next.text === 'if' || next.text === 'with')) {
      this.at++;
      this.parts.push(this.pipeline('close'));
      return;
    }
    block.elseSeen = true;
    this.close();
  }

  private close(): void {
    this.skipSpace();
    const lexeme = this.lexemes[this.at++];
    if (lexeme.type !== 'close') throw new TemplateError(`unexpected "${lexeme.text}" in action`);
  }

  private pipeline(end: 'close' | ')'): Expression {
    this.declaration();
    const commands: Expression[] = [];
    for (;;) {
      commands.push(this.command(commands[commands.length - 1]));
      if (this.ends(end)) return commands[commands.length - 1];
      const lexeme = this.lexemes[this.at++];
      if (lexeme.text !== '|') throw new TemplateError(`unexpected "${lexeme.text}" in action`);
      this.skipSpace();
      // nothing has to follow a pipe
      if (this.ends(end)) return commands[commands.length - 1];
    }
  }

  /** Whether the end of a pipeline is here, and goes past it. */
  private ends(end: 'close' | ')'): boolean {
    const lexeme = this.lexemes[this.at];
    const isEnd = lexeme.type === 'close' ? end === 'close' : lexeme.text === ')' && end === ')';
    if (isEnd) this.at++;
    return isEnd;
  }

  private declaration(): void {
    const start = this.at;
    const names: string[] = [];
    for (;;) {
      this.skipSpace();
      if (this.lexemes[this.at]?.type !== 'variable') break;
      names.push(this.lexemes[this.at++].text);
      this.skipSpace();
      const sign = this.lexemes[this.at]?.text;
      if (sign !== ',' && sign !== ':=' && sign !== '=') break;
      this.at++;
      if (sign === ',') continue;
      this.straight = false;
      names.forEach(name => this.variables.add(name));
      return;
    }
    this.at = start;
  }

  private command(piped?: Expression): Expression {
    this.skipSpace();
    const first = this.lexemes[this.at];
    const name = first.type === 'word' && !['true', 'false', 'nil'].includes(first.text) ? first.text : undefined;
    const operands: Expression[] = [];
    if (name !== undefined) {
      if (!this.functions.has(name)) throw new TemplateError(`function "${name}" not defined`);
      this.at++;
      this.endOfOperand();
    }
    while (this.skipSpace(), !this.endOfCommand()) {
      operands.push(this.operand());
      this.endOfOperand();
    }
    if (name !== undefined) return { kind: 'call', names: [name], args: piped ? [...operands, piped] : operands };
    if (operands.length === 0) throw new TemplateError('missing value for command');
    if (operands.length > 1 && operands[0].kind === 'literal') throw new TemplateError('a literal cannot be called');
    if (piped && operands[0].kind === 'literal') throw new TemplateError('non executable command in pipeline');
    return operands.length === 1 && !piped ? operands[0] : { kind: 'pipe', names: [], args: piped ? [...operands, piped] : operands };
  }

  /** Operands stand apart: `.A..B` is none. */
  private endOfOperand(): void {
    const lexeme = this.lexemes[this.at];
    if (lexeme && lexeme.type !== 'space' && !this.endOfCommand()) throw new TemplateError(`unexpected "${lexeme.text}" in operand`);
  }

  private endOfCommand(): boolean {
    const lexeme = this.lexemes[this.at];
    return lexeme.type === 'close' || lexeme.text === '|' || lexeme.text === ')';
  }

  private operand(): Expression {
    const lexeme = this.lexemes[this.at++];
    switch (lexeme.type) {
      case 'field': return { kind: 'path', names: [lexeme.text.slice(1), ...this.fields()], args: [] };
      case 'variable':
        if (!this.variables.has(lexeme.text)) throw new TemplateError(`undefined variable "${lexeme.text}"`);
        return { kind: lexeme.text === '$' ? 'path' : 'variable', names: this.fields(), args: [] };
      case 'string': case 'number': return { kind: 'literal', names: [lexeme.text], args: [] };
      case 'word': return this.wordOperand(lexeme.text);
    }
    if (lexeme.text === '.') return { kind: 'path', names: [], args: [] };
    if (lexeme.text === '(') {
      const inner = this.pipeline(')');
      const fields = this.fields();
      return fields.length === 0 ? inner : { kind: 'pipe', names: fields, args: [inner] };
    }
    throw new TemplateError(`unexpected "${lexeme.text}" in operand`);
  }

  private wordOperand(word: string): Expression {
    if (['true', 'false', 'nil'].includes(word)) return { kind: 'literal', names: [word], args: [] };
    if (!this.functions.has(word)) throw new TemplateError(`function "${word}" not defined`);
    return { kind: 'call', names: [word], args: [] };
  }

  private fields(): string[] {
    const names: string[] = [];
    while (this.lexemes[this.at]?.type === 'field') names.push(this.lexemes[this.at++].text.slice(1));
    return names;
  }

  private skipSpace(): void {
    while (this.lexemes[this.at]?.type === 'space') this.at++;
    if (this.at >= this.lexemes.length) throw new TemplateError('unclosed action');
  }
}
