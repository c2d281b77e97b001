import { ApiObject } from 'cdk8s';
import { AccessStatement } from '../access-statement';
import { absent, Enforcement, Expression, Fidelity, WHOLE } from '../enforcement';

/**
 * A layer that is asked by the proxies of called workloads, request by request: it sees everything of a request, and nothing else.
 */
export abstract class CalledSide implements Enforcement {
  public abstract readonly layer: string;
  public readonly objects: ApiObject[] = [];

  /**
   * @param tokens what has to be around it, so that tokens are seen
   */
  protected constructor(private readonly tokens: string) {}

  public abstract add(statement: AccessStatement): void;

  public audit(statement: AccessStatement): void {
    this.add(statement);
  }

  public addEgress(): void {
    // hosts outside have no proxy that would ask
  }

  public addMetrics(): void {
    // the ports of metrics are not those of the workload: nobody asks there
  }

  public addApiServer(): void {
    // the API server has no proxy that would ask
  }

  public denyByDefault(): void {
    // nothing is allowed of itself
  }

  public express({ source }: AccessStatement): Expression {
    return source._caller.kind === 'token' ? { fidelity: Fidelity.WHOLE, lost: [this.tokens] } : WHOLE;
  }

  public expressAudit(statement: AccessStatement): Expression {
    return this.express(statement);
  }

  public expressEgress(): Expression {
    return absent(`${this.layer} stands at called workloads, and hosts outside are none`);
  }
}
