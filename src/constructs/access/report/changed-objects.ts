import { ApiObject } from 'cdk8s';
import { isDryRun } from './policy-line';

/**
 * What cdk8s keeps to itself: an object as it was defined, and its patches. There is no public way to ask for either, and an object compared with
 * itself before a patch would have to be rendered twice, with all callers that are added later.
 */
interface Definition {
  readonly props?: { readonly metadata?: { readonly annotations?: { readonly [key: string]: string } } };
  readonly patches?: { _toJson(): { readonly path: string; readonly from?: string } }[];
}

/**
 * Whether a policy says something else than it was written with. Labels, and annotations that Istio does not read, change no decision.
 */
export function isChanged(object: ApiObject): boolean {
  const { props, patches } = object as unknown as Definition;
  if (props === undefined || patches === undefined) {
    // another cdk8s keeps them elsewhere: the policy is told as it is, which is right in any case
    return true;
  }
  const paths = patches.map((patch) => patch._toJson()).flatMap(({ path, from }) => from === undefined ? [path] : [path, from]);
  return paths.some((path) => !/^\/metadata\/(labels|annotations)(\/|$)/.test(path))
    || isDryRun(object.toJson().metadata.annotations) !== isDryRun(props.metadata?.annotations);
}
