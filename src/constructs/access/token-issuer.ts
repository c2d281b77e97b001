import { requireProps } from '../../identity/require-props';
import { requireSome } from '../istio/input';

/**
 * Who issues tokens, and how they are verified.
 */
export interface TokenIssuerProps {
  /**
   * The issuer, as it stands in the claim `iss`.
   */
  readonly issuer: string;

  /**
   * Where the public keys are.
   */
  readonly jwksUri: string;

  /**
   * The audiences of which a token has to have one. A token without is refused.
   */
  readonly audiences: string[];
}

/**
 * Who issues tokens (JWT), stated once and passed by reference.
 */
export class TokenIssuer {
  /**
   * An issuer by its facts.
   *
   * Throws when keys would be fetched without TLS, or when no audience is given: a token for another service would do.
   *
   * @param props issuer, keys and audiences
   */
  public static of(props: TokenIssuerProps): TokenIssuer {
    return new TokenIssuer(props);
  }

  /**
   * The issuer, as it stands in the claim `iss`.
   */
  public readonly issuer: string;

  /**
   * Where the public keys are.
   */
  public readonly jwksUri: string;

  /**
   * The audiences of which a token has to have one.
   */
  public readonly audiences: string[];

  private constructor(props: TokenIssuerProps) {
    requireProps('TokenIssuer.of', props, { issuer: 'text', jwksUri: 'text', audiences: 'text[]' });
    if (props.issuer === '' || props.issuer.includes('*')) {
      throw new Error(`token issuer '${props.issuer}' is no issuer: give the text of the claim 'iss', without '*'`);
    }
    if (!/^https:\/\/[^/?#\s]+/.test(props.jwksUri)) {
      throw new Error(`token issuer '${props.issuer}' has jwksUri '${props.jwksUri}': anybody on the way could change the keys, use https://`);
    }
    requireSome(`token issuer '${props.issuer}'`, 'audiences', props.audiences);
    this.issuer = props.issuer;
    this.jwksUri = props.jwksUri;
    this.audiences = [...props.audiences];
  }
}
