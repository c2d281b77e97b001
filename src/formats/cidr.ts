import { isIP } from 'node:net';

const MOST_BITS: { readonly [version: number]: number } = { 4: 32, 6: 128 };

/**
 * Whether a text is an address range in CIDR notation, such as `10.0.0.0/16` or `fd00::/8`.
 */
export function isCidr(text: string): boolean {
  const [, address, bits] = /^([0-9a-fA-F.:]+)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  return Number(bits) <= (MOST_BITS[isIP(address ?? '')] ?? -1);
}
