import { jwksHost, JwtIssuer } from './jwt-authn';
import { TokenIssuers } from './token-issuers';
import { IWorkloads } from '../istio/mesh';
import { MeshWorkload } from '../istio/mesh-workload';

const KNOWN = new WeakMap<IWorkloads, VerifiedTokens>();

/**
 * Whose tokens the Envoys of a mesh verify, whichever layer decides by them.
 */
export class VerifiedTokens {
  public static of(mesh: IWorkloads): VerifiedTokens {
    const known = KNOWN.get(mesh) ?? new VerifiedTokens();
    KNOWN.set(mesh, known);
    return known;
  }

  private readonly issuers = new Map<MeshWorkload, TokenIssuers>();

  private constructor() {}

  /**
   * @throws for an issuer whose keys Envoy cannot fetch, and for one that is stated twice
   */
  public add(called: MeshWorkload, issuer: JwtIssuer): void {
    jwksHost(issuer);
    const issuers = this.issuers.get(called) ?? new TokenIssuers(called);
    this.issuers.set(called, issuers);
    issuers.add(issuer);
  }

  public issuersOf(called: MeshWorkload): JwtIssuer[] {
    return this.issuers.get(called)?.all ?? [];
  }
}
