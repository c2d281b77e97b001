import { ApiObject } from 'cdk8s';
import { AccessStatement } from './access-statement';
import { EgressStatement } from './egress-statement';
import { MetricsStatement } from './metrics-statement';
import { MeshWorkload } from '../istio/mesh-workload';

/**
 * What a layer makes of a statement.
 */
export enum Fidelity {
  /**
   * All of it.
   */
  WHOLE = 'yes',

  /**
   * More than the statement allows; the other layers narrow it.
   */
  WIDER = 'wider',

  /**
   * Nothing: the layer refuses no request because of it, and allows none.
   */
  ABSENT = 'no',
}

/**
 * How well a layer expresses a statement, and what it leaves out.
 */
export interface Expression {
  readonly fidelity: Fidelity;
  readonly lost: string[];
}

/**
 * Writes statements for one layer.
 */
export interface Enforcement {
  /** The name of the layer for people. */
  readonly layer: string;
  /** The objects that it defined. */
  readonly objects: ApiObject[];
  /** Takes in a statement that allows or denies, and defines the objects it needs. */
  add(statement: AccessStatement): void;
  /** Takes in a statement whose requests are marked for the log, whatever becomes of them. */
  audit(statement: AccessStatement): void;
  /** Takes an allowed call to the outside in. */
  addEgress(statement: EgressStatement): void;
  /** Takes a scraper of metrics in. */
  addMetrics(statement: MetricsStatement): void;
  /** Lets a workload call the API server of its cluster. */
  addApiServer(workload: MeshWorkload): void;
  /** Closes a namespace: what no statement allows is denied there. */
  denyByDefault(namespace: string): void;
  express(statement: AccessStatement): Expression;
  expressAudit(statement: AccessStatement): Expression;
  expressEgress(statement: EgressStatement): Expression;
}

export const WHOLE: Expression = { fidelity: Fidelity.WHOLE, lost: [] };

/**
 * A statement that a layer leaves out for a reason.
 */
export function absent(...lost: string[]): Expression {
  return { fidelity: Fidelity.ABSENT, lost };
}

/**
 * A statement that a layer writes, apart from what it cannot see.
 */
export function except(lost: string[]): Expression {
  return lost.length > 0 ? { fidelity: Fidelity.WIDER, lost } : WHOLE;
}
