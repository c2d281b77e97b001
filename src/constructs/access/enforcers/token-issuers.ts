import { MeshWorkload } from '../../istio/mesh-workload';
import { TokenIssuer } from '../token-issuer';

/**
 * The issuers of the tokens that a called workload looks at, each stated once.
 */
export class TokenIssuers {
  private readonly issuers: TokenIssuer[] = [];

  public constructor(private readonly called: MeshWorkload) {}

  public get all(): TokenIssuer[] {
    return [...this.issuers];
  }

  public add(issuer: TokenIssuer): void {
    const other = this.issuers.find((one) => one.issuer === issuer.issuer);
    if (!other) {
      this.issuers.push(issuer);
    } else if (other !== issuer) {
      throw new Error(`token issuer '${issuer.issuer}' is stated twice for '${this.called}': make one TokenIssuer and pass it by reference`);
    }
  }
}
