import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './programs';

/**
 * A certificate with its key, as PEM.
 */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/**
 * The certificate of an authority, and those that it issued.
 */
export interface Authority<Name extends string> {
  readonly authority: string;
  readonly issued: { readonly [name in Name]: Certificate };
}

/**
 * An authority for tests, by the program `openssl`: its certificate, and one for each subject alternative name, such as `DNS:localhost`.
 */
export function certificates<Name extends string>(names: { readonly [name in Name]: string }): Authority<Name> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-spiffe-certificates-'));
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const path = (file: string) => join(folder, file);
  try {
    run('openssl', ['req', '-x509', ...key, '-keyout', path('ca.key'), '-out', path('ca.pem'), '-days', '2', '-subj', '/CN=test']);
    const issue = ([name, san]: [string, string]): [string, Certificate] => {
      const [own, request, made] = ['key', 'csr', 'pem'].map((end) => path(`${name}.${end}`));
      writeFileSync(path('extensions'), `subjectAltName=${san}\nextendedKeyUsage=serverAuth,clientAuth\n`);
      run('openssl', ['req', ...key, '-keyout', own, '-out', request, '-subj', `/CN=${name}`]);
      run('openssl', [
        'x509', '-req', '-in', request, '-CA', path('ca.pem'), '-CAkey', path('ca.key'), '-CAcreateserial', '-days', '2', '-extfile', path('extensions'), '-out', made,
      ]);
      return [name, { cert: readFileSync(made, 'utf8'), key: readFileSync(own, 'utf8') }];
    };
    const issued = Object.fromEntries(Object.entries<string>(names).map(issue)) as { [name in Name]: Certificate };
    return { authority: readFileSync(path('ca.pem'), 'utf8'), issued };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
