import * as fc from 'fast-check';
import { TrustDomain } from '../../src';

const text = (characters: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength });

/**
 * Labels of trust domains, joined by dots.
 */
export const trustDomainNames = fc.array(text('abcz019_-', 1, 12), { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));

export const trustDomains = trustDomainNames.map((name) => TrustDomain.of(name));

export const pathSegments = text('aZ09._-', 1, 12).filter((segment) => segment !== '.' && segment !== '..');

/**
 * RFC 1123 labels: names of namespaces.
 */
export const labels = fc.tuple(text('az09', 1, 1), text('az09-', 0, 8), text('az09', 1, 1)).map((parts) => parts.join(''));

/**
 * Any text, from plain to nasty, without lone surrogates.
 */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'a"\\${}%\n\r\t\u0000\u001f\u007f\u2028 #=[],') }),
);
