import { isFilledIn } from '../../../model/filled-in';
import { asText } from '../../../model/manifest';

export const HTTP_PROTOCOLS = ['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB'];
export const TLS_PROTOCOLS = ['HTTPS', 'TLS'];
export const PLAIN_PROTOCOLS = ['TCP', 'UDP', 'MONGO', 'REDIS', 'MYSQL'];

/** Whether the protocol of a port is one of some, or may be. */
export function isOf(protocols: readonly string[], protocol: unknown): boolean {
  const text = asText(protocol);
  return isFilledIn(text) || protocols.includes(text.toUpperCase());
}
