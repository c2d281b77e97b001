import { AccessSource } from './access-source';
import { MeshWorkload } from '../istio/mesh-workload';

/**
 * What a statement does with the requests that it is about.
 */
export enum AccessAction {
  /**
   * They pass, unless another statement denies them.
   */
  ALLOW = 'allow',

  /**
   * They are refused, whatever allows them.
   */
  DENY = 'deny',

  /**
   * They are marked for the log, whatever becomes of them.
   */
  AUDIT = 'audit',
}

/**
 * One statement about who may call whom, complete and checked. All enforcers render the same statements.
 */
export interface AccessStatement {
  /**
   * What it does with the requests that it is about.
   */
  readonly action: AccessAction;

  /**
   * Whether it is not in force: layers that can do so report what it would do.
   */
  readonly auditOnly: boolean;

  /**
   * Who calls.
   */
  readonly source: AccessSource;

  /**
   * Who is called.
   */
  readonly destination: MeshWorkload;

  /**
   * The port of the called workload.
   */
  readonly port: number;

  /**
   * The HTTP methods that it is about.
   *
   * @default - all, and other protocols than HTTP
   */
  readonly methods?: string[];

  /**
   * The HTTP paths that it is about.
   *
   * @default - all, and other protocols than HTTP
   */
  readonly paths?: string[];

  /**
   * The HTTP hosts that it is about.
   *
   * @default - all, and other protocols than HTTP
   */
  readonly hosts?: string[];
}

/**
 * Whether a statement speaks of what only HTTP requests have.
 */
export function isHttpOnly(statement: AccessStatement): boolean {
  return (statement.methods ?? statement.paths ?? statement.hosts) !== undefined || statement.source._caller.kind === 'token';
}
