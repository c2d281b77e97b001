/**
 * A bundle in SPIFFE form; its certificate is cut short, as only its form is looked at.
 */
export const BUNDLE = `${JSON.stringify({
  keys: [
    { use: 'x509-svid', kty: 'EC', crv: 'P-256', x: 'mmcGQkFl', y: 'mmcGQkFl', x5c: ['MIIBzTCCAXOgAwIBAgIJ'] },
    { use: 'jwt-svid', kty: 'EC', kid: 'JZ1mTqBw', crv: 'P-256', x: 'mmcGQkFl', y: 'mmcGQkFl' },
  ],
  spiffe_sequence: 1,
  spiffe_refresh_hint: 300,
}, undefined, 2)}\n`;
