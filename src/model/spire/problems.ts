import { HclError, Position } from '../../formats/hcl/reader';

/** What a problem is about; one rule of the checks takes one topic. */
export type Topic =
  | 'syntax' | 'unknown-key' | 'required' | 'value' | 'trust-domain' | 'spiffe-id' | 'federation' | 'trust-bundle' | 'sockets'
  | 'plugin-set' | 'plugin-data' | 'ttl' | 'telemetry' | 'health' | 'deprecated' | 'lost' | 'dropped' | 'notes';

/** What the process does with it: `refused` = it does not start, `warning` = it logs or silently does something else. */
export type Severity = 'refused' | 'warning';

export interface Problem {
  readonly topic: Topic;
  readonly severity: Severity;
  readonly message: string;
  readonly fix?: string;
  readonly position: Position;
}

/** Stands for a value that only the running container knows; never a cause for a problem. */
export const UNKNOWN = '\uE000';

/** Collects what is wrong in one configuration. */
export class Problems {
  public readonly list: Problem[] = [];

  public refuse(topic: Topic, message: string, position: Position, fix?: string): void {
    this.add({ topic, severity: 'refused', message, fix, position });
  }

  public warn(topic: Topic, message: string, position: Position, fix?: string): void {
    this.add({ topic, severity: 'warning', message, fix, position });
  }

  /** Runs a decoder; what it refuses becomes a problem. */
  public attempt<T>(topic: Topic, what: string, action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof HclError)) throw error;
      this.refuse(topic, what === '' ? error.message : `${what}: ${error.message}`, error.position);
      return undefined;
    }
  }

  public get refused(): boolean {
    return this.list.some(problem => problem.severity === 'refused');
  }

  private add(problem: Problem): void {
    if (!problem.message.includes(UNKNOWN)) this.list.push(problem);
  }
}
