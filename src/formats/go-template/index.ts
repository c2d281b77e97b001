import { TemplateError } from './lexer';
import { Expression, Template, parseTemplate } from './parser';

export { AGENT_PATH_FUNCTIONS } from './agent-path-functions';
export { TemplateError } from './lexer';
export { Expression, Template, parseTemplate } from './parser';

/** What is wrong with a template, in words; undefined where it parses. */
export function templateError(text: string, functions: readonly string[] = []): string | undefined {
  try {
    parseTemplate(text, functions);
    return undefined;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return error.message;
  }
}

/** Every path that a template reads, `.PodMeta.Labels.app` as its names. */
export function pathsOf(template: Template): string[][] {
  const paths: string[][] = [];
  const visit = (expression: Expression): void => {
    if (expression.kind === 'path') paths.push(expression.names);
    expression.args.forEach(visit);
  };
  template.parts.forEach(part => typeof part === 'string' || visit(part));
  return paths;
}

/** What a path gives; undefined where it cannot be known. */
export type Lookup = (names: string[]) => string | undefined;

/** Renders a template of texts and plain paths; undefined where more than that is in it, or a value is unknown. */
export function render(template: Template, lookup: Lookup): string | undefined {
  if (!template.straight) return undefined;
  let text = '';
  for (const part of template.parts) {
    const value = typeof part === 'string' ? part : valueOf(part, lookup);
    if (value === undefined) return undefined;
    text += value;
  }
  return text;
}

function valueOf(expression: Expression, lookup: Lookup): string | undefined {
  if (expression.kind === 'path') return lookup(expression.names);
  if (expression.kind === 'literal') return unquoted(expression.names[0]);
  const [map, ...keys] = expression.args;
  if (expression.kind !== 'call' || expression.names[0] !== 'index' || map?.kind !== 'path') return undefined;
  const names = keys.map(key => (key.kind === 'literal' ? unquoted(key.names[0]) : undefined));
  return names.includes(undefined) ? undefined : lookup([...map.names, ...names as string[]]);
}

function unquoted(literal: string): string {
  if (literal.startsWith('`')) return literal.slice(1, -1);
  return literal.startsWith('"') ? literal.slice(1, -1).replace(/\\(.)/g, '$1') : literal;
}
