import { alertRules } from '../../../model/alert-rules';
import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsAnnotationLabel: Rule = {
  id: 'OBS-ANNOTATION-LABEL',
  level: Level.WARNING,
  title: 'an alert tells of a label that its expression drops',
  why: 'an aggregation keeps the labels that by names and no other: the text of the alert has a gap where the name should be',
  fix: 'name the label in by (…), or leave it out of the text',
  source: 'Prometheus: aggregation operators, alerting rules',
  check: (system, report) => {
    for (const { manifest, path, rule } of alertRules(system)) {
      const kept = keptLabels(asText(rule.expr));
      for (const [name, value] of kept ? Object.entries(asObject(rule.annotations)) : []) {
        const text = asText(value);
        const dropped = [...text.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label).find(label => !kept!.includes(label) && !isAsked(text, label));
        if (dropped) report.at(manifest, [...path, 'annotations', name], `$labels.${dropped} is empty: the expression keeps ${kept!.length > 0 ? kept!.join(', ') : 'no label'}`);
      }
    }
  },
};

/** Whether a text says what it does without a label. */
function isAsked(text: string, label: string): boolean {
  return new RegExp(`\\{\\{-?\\s*(else\\s+)?(if|with)\\b[^}]*\\$labels\\.${label}\\b`).test(text);
}

const AGGREGATION = /^\s*(?:sum|min|max|avg|count|group|stddev|stdvar)\s*(?:by\s*\(([^)]*)\)\s*)?\(/;
const AFTER = /^\s*(?:by\s*\(([^)]*)\))?((?:\s*(?:[<>]=?|==|!=|[-+*/%^])\s*(?:bool\b\s*)?(?:[\d.]+(?:e[-+]?\d+)?|time\(\)))*)\s*$/i;

/** The labels of what an expression gives, where it is one aggregation that is held against numbers. */
function keptLabels(expression: string): string[] | undefined {
  const text = expression.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, '""');
  const head = AGGREGATION.exec(text);
  if (!head || text.includes('#')) return undefined;
  const after = AFTER.exec(text.slice(endOf(text, head[0].length)));
  if (!after || (head[1] !== undefined && after[1] !== undefined)) return undefined;
  return (head[1] ?? after[1] ?? '').split(',').map(label => label.trim()).filter(label => label !== '');
}

/** Where the parenthesis closes that is open at a place. */
function endOf(text: string, start: number): number {
  let open = 1;
  let at = start;
  for (; at < text.length && open > 0; at++) open += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0;
  return at;
}
