import { Item, List, Literal, Node, ObjectList, ObjectNode, positionOf } from './ast';

/** Marks lines that must not be indented; taken out again at the end. */
const TOMBSTONE = '\uE123';

/**
 * Prints nodes as HCL v1's printer does. SPIRE prints `plugin_data` and parses the text again, so what gets lost
 * or broken on that way (keys of JSON become quoted, a heredoc at the end is cut) is lost for the plugin as well.
 */
export function print(node: Node): string {
  return output(node).replace(new RegExp(`[^\\n]*?${TOMBSTONE}`, 'g'), '');
}

function output(node: Node): string {
  switch (node.kind) {
    case 'objectList': return objectList(node);
    case 'item': return objectItem(node);
    case 'literal': return literal(node);
    case 'list': return list(node);
    case 'object': return objectNode(node);
  }
}

function objectList(node: ObjectList): string {
  let text = '';
  node.items.forEach((item, i) => {
    text += objectItem(item);
    const next = node.items[i + 1];
    if (!next) return;
    text += '\n';
    if (next.position.line !== item.position.line + 1 || !singleLine(next) || !singleLine(item)) text += '\n';
  });
  return text;
}

function singleLine(item: Item): boolean {
  return !item.leadComment && !item.assigned && item.value.kind === 'object' && item.value.list.items.length === 0;
}

function literal(node: Literal): string {
  const text = node.token.type === 'HEREDOC' ? node.token.text.replace(/\n$/, '') : node.token.text;
  const verbatim = node.token.type === 'HEREDOC' || (node.token.type === 'STRING' && text.includes('\n'));
  return verbatim ? text.replace(/\n(?=[^\n])/g, `\n${TOMBSTONE}`) : text;
}

function objectItem(item: Item): string {
  let text = (item.leadComment ?? []).map(comment => `${comment}\n`).join('');
  const sameLine = positionOf(item.value).line === item.position.line;
  if (item.lineComment && !sameLine) text += item.lineComment.map(comment => `${comment}\n`).join('');
  text += item.keys.map(key => `${key.token.text} `).join('');
  if (item.assigned && item.keys.length === 1) text += '= ';
  text += output(item.value);
  if (item.lineComment && sameLine) text += ` ${item.lineComment.join('')}`;
  return text;
}

function objectNode(node: ObjectNode): string {
  if (node.list.items.length === 0) return '{}';
  return `{\n${node.list.items.map(item => `${indent(objectItem(item))}\n`).join('')}}`;
}

function list(node: List): string {
  if (singleLineList(node)) {
    const elements = node.elements.map(element => output(element) + (isHeredoc(element) ? '\n' : ''));
    return `[${elements.join(', ')}]`;
  }
  let text = '[\n';
  for (const element of node.elements) {
    const comments = element.kind === 'literal' ? element : undefined;
    text += (comments?.leadComment ?? []).map(comment => `${indent(comment)}\n`).join('');
    text += indent(output(element));
    text += isHeredoc(element) ? `\n${indent(',')}` : ',';
    if (comments?.lineComment) text += ` ${comments.lineComment.join('')}`;
    text += '\n';
  }
  return `${text}]`;
}

function isHeredoc(node: Node): boolean {
  return node.kind === 'literal' && node.token.type === 'HEREDOC';
}

function singleLineList(node: List): boolean {
  return node.elements.every(element => element.kind === 'literal'
    && element.token.position.line === node.position.line
    && !(isHeredoc(element) && node.elements.length !== 1)
    && !element.lineComment);
}

function indent(text: string): string {
  return text.replace(/^(?=[^\n])/gm, '  ');
}
