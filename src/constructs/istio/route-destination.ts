import { requirePort } from './input';
import { Subset } from './subset';
import { requireProps } from '../../identity/require-props';

/**
 * Which share of the requests goes where.
 */
export interface RouteDestinationOptions {
  /**
   * How many of 100 requests go there.
   *
   * @default - all; needed when a route has several destinations
   */
  readonly weight?: number;

  /**
   * The port of the Service.
   *
   * @default - its only port; needed when the Service has several
   */
  readonly port?: number;
}

/**
 * Where a route leads.
 */
export class RouteDestination {
  /**
   * All pods of a host.
   *
   * Throws for a share or a port that is none.
   *
   * @param host the name of a Service of the route's namespace, or a full DNS name
   * @param options share and port
   */
  public static host(host: string, options: RouteDestinationOptions = {}): RouteDestination {
    requireProps('RouteDestination.host', { host }, { host: 'text' });
    return new RouteDestination(host, undefined, options);
  }

  /**
   * A version of a host.
   *
   * Throws for a share or a port that is none.
   *
   * @param subset the version, as `subset()` of its destination rule gives it
   * @param options share and port
   */
  public static subset(subset: Subset, options: RouteDestinationOptions = {}): RouteDestination {
    requireProps('RouteDestination.subset', { subset }, { subset: 'Subset' });
    return new RouteDestination(subset.host, subset, options);
  }

  /**
   * How many of 100 requests go there, if it was given.
   */
  public readonly weight?: number;

  private readonly port?: number;

  private constructor(private readonly hostName: string, private readonly version: Subset | undefined, options: RouteDestinationOptions) {
    this.weight = options.weight;
    this.port = options.port;
    if (this.port !== undefined) {
      requirePort(`route to '${hostName}'`, this.port);
    }
    if (this.weight !== undefined && !(Number.isInteger(this.weight) && this.weight >= 0 && this.weight <= 100)) {
      throw new Error(`weight ${this.weight} of the route to '${hostName}' is no share: use a whole number from 0 to 100`);
    }
  }

  /**
   * @internal
   */
  public _toJson(fullName: (host: string) => string): any {
    return {
      destination: {
        host: fullName(this.hostName),
        ...(this.version ? { subset: this.version.name } : {}),
        ...(this.port ? { port: { number: this.port } } : {}),
      },
      ...(this.weight !== undefined ? { weight: this.weight } : {}),
    };
  }
}
