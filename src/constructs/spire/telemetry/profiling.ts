/**
 * A profile of Go's runtime.
 */
export enum ProfileName {
  /**
   * The stacks of all goroutines.
   */
  GOROUTINE = 'goroutine',

  /**
   * The stacks that made operating system threads.
   */
  THREADCREATE = 'threadcreate',

  /**
   * Memory in use.
   */
  HEAP = 'heap',

  /**
   * The stacks that wait.
   */
  BLOCK = 'block',

  /**
   * The stacks that hold contended locks.
   */
  MUTEX = 'mutex',

  /**
   * A trace of the execution.
   */
  TRACE = 'trace',

  /**
   * Processor time.
   */
  CPU = 'cpu',
}

/**
 * Profiling of the process. The endpoint is on the pod's localhost.
 */
export interface Profiling {
  /**
   * The port of Go's pprof endpoint.
   *
   * @default - no endpoint
   */
  readonly port?: number;

  /**
   * How many seconds lie between two profiles that are written to `/opt/spire/.profiles`, a volume of the pod.
   *
   * @default - profiles are not written
   */
  readonly frequency?: number;

  /**
   * The profiles that are written.
   *
   * @default - none
   */
  readonly names?: ProfileName[];
}
