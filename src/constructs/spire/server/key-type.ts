/**
 * The type of a signing key.
 */
export enum KeyType {
  /**
   * RSA with 2048 bits; what most OIDC relying parties take.
   */
  RSA_2048 = 'rsa-2048',

  /**
   * RSA with 4096 bits.
   */
  RSA_4096 = 'rsa-4096',

  /**
   * Elliptic curve P-256.
   */
  EC_P256 = 'ec-p256',

  /**
   * Elliptic curve P-384.
   */
  EC_P384 = 'ec-p384',
}
