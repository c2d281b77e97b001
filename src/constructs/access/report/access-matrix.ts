import { AccessStatement } from '../access-statement';
import { Edge } from '../edges';
import { EgressStatement } from '../egress-statement';
import { Expression } from '../enforcement';
import { MetricsStatement } from '../metrics-statement';

/**
 * A statement, and what each layer makes of it.
 */
export interface Reported<S> {
  readonly statement: S;
  readonly layers: { readonly layer: string; readonly expression: Expression }[];
}

/**
 * Whoever is outside of the cluster, in a report.
 */
export const OUTSIDE = 'anybody outside';

/**
 * All that a cluster's access policies say.
 */
export interface AccessMatrix {
  readonly cluster: string;
  readonly layers: string[];
  readonly statements: Reported<AccessStatement>[];
  readonly egress: Reported<EgressStatement>[];
  readonly metrics: MetricsStatement[];
  readonly edges: Edge[];
  /** Calls to other clusters: who, whom, port. */
  readonly calledElsewhere: string[][];
  /** Who may call the API server. */
  readonly apiServer: string[];
  /** Namespaces whose pods take what nobody stated. */
  readonly open: string[];
  /** Policies that nobody stated here, each in one line. */
  readonly others: string[];
  /** Policies of the statements that a patch has changed, each in one line, as they are now. */
  readonly patched: string[];
}
