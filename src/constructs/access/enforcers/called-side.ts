import { ApiObject } from 'cdk8s';
import { AccessStatement } from '../access-statement';
import { absent, Enforcement, Expression, WHOLE } from '../enforcement';

/**
 * A layer that is asked by the proxies of called workloads, request by request: it sees everything of a request, and nothing else. It counts where
 * a proxy asks it.
 */
export abstract class CalledSide implements Enforcement {
  public abstract readonly layer: string;
  public readonly objects: ApiObject[] = [];

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

  public express(statement: AccessStatement): Expression {
    const silence = this.silence(statement);
    return silence === undefined ? this.expressAsked(statement) : absent(silence);
  }

  public expressAudit(statement: AccessStatement): Expression {
    return this.express(statement);
  }

  public expressEgress(): Expression {
    return absent(`${this.layer} stands at called workloads, and hosts outside are none`);
  }

  /**
   * Why the proxy of the called workload does not ask this layer; undefined when it does.
   */
  protected abstract silence(statement: AccessStatement): string | undefined;

  /**
   * What the layer makes of a statement when it is asked.
   */
  protected expressAsked(_: AccessStatement): Expression {
    return WHOLE;
  }
}
