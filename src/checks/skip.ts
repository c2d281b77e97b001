import { Located } from './report';
import { Manifest } from '../model/manifest';
import { once } from '../model/once';
import { Text } from '../model/text';

/** Annotation that switches rules off at an object: `RULE=reason; RULE=reason`. */
export const SKIP_ANNOTATION = 'checks.cdk8s-spiffe.dev/skip';
const SKIP_COMMENT = /(?:#|\/\/)\s*cdk8s-spiffe-skip:\s*(.*)/;

/** Whether an annotation on the object, or a comment in its document, says to skip this and why. */
export function isSkipped({ finding, manifest, text }: Located): boolean {
  const holder = manifest ?? text;
  return holder !== undefined && notesOf(holder).some(part => {
    const [rule, ...reason] = part.split('=');
    // A reason is what makes it a decision and not an accident.
    return rule.trim() === finding.rule && reason.join('=').trim() !== '';
  });
}

const notesOf = once((holder: Manifest | Text) => {
  const [lines, annotation] = holder instanceof Text ? [holder.text.split('\n'), undefined] : [holder.comments(), holder.annotations[SKIP_ANNOTATION]];
  return [annotation ?? '', ...lines.map(line => SKIP_COMMENT.exec(line)?.[1] ?? '')].flatMap(note => note.split(/[;\n]/)).filter(note => note.includes('='));
});
