import { AppProps } from 'cdk8s';
import { OutputChecks } from './output-checks';

/**
 * How an app is written, and what has to hold before it is.
 */
export interface GitOpsAppProps extends AppProps {
  /**
   * What the checks do.
   *
   * One finding is accepted by the annotation `checks.cdk8s-spiffe.dev/skip: RULE=reason` on its object.
   *
   * @default - errors stop the output
   */
  readonly checks?: OutputChecks;
}
