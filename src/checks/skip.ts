import { Located } from './report';

/** Annotation that switches rules off at an object: `RULE=reason; RULE=reason`. */
export const SKIP_ANNOTATION = 'checks.cdk8s-spiffe.dev/skip';
const SKIP_COMMENT = /(?:#|\/\/)\s*cdk8s-spiffe-skip:\s*(.*)$/;

/** Whether an annotation on the object, or a comment in its document, says to skip this and why. */
export function isSkipped({ finding, manifest, text }: Located): boolean {
  const comments = manifest ? manifest.comments() : text ? text.text.split('\n') : [];
  const notes = comments.map(line => SKIP_COMMENT.exec(line)?.[1] ?? '').filter(note => note !== '');
  const annotation = manifest?.annotations[SKIP_ANNOTATION];
  return [annotation ?? '', ...notes].some(note => note.split(/[;\n]/).some(part => {
    const [rule, ...reason] = part.split('=');
    // A reason is what makes it a decision and not an accident.
    return rule.trim() === finding.rule && reason.join('=').trim() !== '';
  }));
}
