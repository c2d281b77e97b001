import { Manifest, asRecord } from '../manifest';
import { once } from '../once';

/** The files that a ConfigMap makes where it is mounted, by their names, also those that it has in base64. */
export const filesOf = once(({ value }: Manifest): Readonly<Record<string, string>> => {
  const encoded = Object.entries(asRecord(value.binaryData)).map(([name, text]) => [name, Buffer.from(text, 'base64').toString('utf8')]);
  return { ...asRecord(value.data), ...Object.fromEntries(encoded) };
});
