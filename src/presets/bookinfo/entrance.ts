import { TrustDomain } from '../../identity';

/**
 * The namespace of Bookinfo.
 */
export const BOOKINFO_NAMESPACE = 'bookinfo';

/**
 * Where people come in.
 */
export interface Entrance {
  readonly host: string;
  /** The Secret with the certificate for the host. */
  readonly credentialName: string;
}

/**
 * What is not given is called after Bookinfo.
 */
export function entrance(trustDomain: TrustDomain, given: { readonly host?: string; readonly tlsSecretName?: string }): Entrance {
  return { host: given.host ?? `bookinfo.${trustDomain.name}`, credentialName: given.tlsSecretName ?? 'bookinfo-tls' };
}
