import { JwtIssuer } from './jwt-authn';
import { MeshWorkload } from '../istio/mesh-workload';

/**
 * The issuers of the tokens that a called workload looks at, each stated once.
 */
export class TokenIssuers {
  private readonly issuers: JwtIssuer[] = [];

  public constructor(private readonly called: MeshWorkload) {}

  public get all(): JwtIssuer[] {
    return [...this.issuers];
  }

  public add(issuer: JwtIssuer): void {
    const other = this.issuers.find((one) => one.issuer === issuer.issuer);
    if (!other) {
      this.issuers.push(issuer);
    } else if (other !== issuer) {
      throw new Error(`token issuer '${issuer.issuer}' is stated twice for '${this.called}': make one TokenIssuer and pass it by reference`);
    }
  }
}
