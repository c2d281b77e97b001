import { Refusal } from '../../model/mesh/refused-values';

const ONE = '{*}';
const REST = '{**}';
const LITERAL = /^[a-zA-Z0-9._~%!$&'()+,;:@=-]+$/;

/** What Istio has against a path with braces: they stand for one segment, or for all that follow, and for nothing else. */
export function templateRefusal(path: string): Refusal {
  const isTemplate = path.includes(ONE) || path.includes(REST);
  let isOver = false;
  for (const segment of path.replace(/^\/+|\/+$/g, '').split('/')) {
    if (segment === ONE || segment === REST) {
      if (isOver) return `path "${path}" has a template behind {**}, which takes all that follows`;
      isOver = segment === REST;
      continue;
    }
    if (/[{}]/.test(segment)) return `path "${path}" has braces in segment "${segment}": only {*} and {**} are taken, as a segment of their own`;
    if (isTemplate && !LITERAL.test(segment)) return `path "${path}" has a template, and beside it segment "${segment}", which must be plain text`;
  }
  return undefined;
}
