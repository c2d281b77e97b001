const KEY = {
  kty: 'EC',
  crv: 'P-256',
  x: 'eL8SFUD7ODScIssp0cBEdwhHQyXotsaqx9N_s-7nZo0',
  y: 'A2p48zy0sMr9PbyeQ367jlSpg-0MBDbGAfjBCMjhPfE',
};
const CERTIFICATE = 'MIIBeTCCAR+gAwIBAgIUGSvHtdniPoqjLwQ/5YHJgS78tdowCgYIKoZIzj0EAwIwETEPMA0GA1UECgwGU1BJRkZFMCAXDTI2MTEyOTExMzg0NFoYDzIxMjYxMTA1MTEzOD' +
  'Q0WjARMQ8wDQYDVQQKDAZTUElGRkUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR4vxIVQPs4NJwiyynRwER3CEdDJei2xqrH03+z7udmjQNqePM8tLDK/T28nkN+u45U' +
  'qYPtDAQ2xgH4wQjI4T3xo1MwUTAdBgNVHQ4EFgQUI7rq0A7900TC1wRICeMbEqhqaLswHwYDVR0jBBgwFoAUI7rq0A7900TC1wRICeMbEqhqaLswDwYDVR0TAQH/BAUwAw' +
  'EB/zAKBggqhkjOPQQDAgNIADBFAiBzsAkj8vONE2RR5H4HrZbOd/ttvxAiyRPuy/2Kmvfb0QIhAJwdOJmG8euGYi7FeDgPgL/9xiO9kzqkT+8EhMzCwi1E';

/**
 * A bundle in SPIFFE form, of a CA whose private key nobody has.
 */
export const BUNDLE = `${JSON.stringify({
  keys: [{ use: 'x509-svid', ...KEY, x5c: [CERTIFICATE] }, { use: 'jwt-svid', kid: 'JZ1mTqBw', ...KEY }],
  spiffe_sequence: 1,
  spiffe_refresh_hint: 300,
}, undefined, 2)}\n`;
