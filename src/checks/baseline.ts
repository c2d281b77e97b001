import { Finding } from './finding';

interface Entry {
  readonly rule: string;
  readonly file: string;
  readonly object: string;
  readonly message: string;
}

/** Writes findings down so that later runs tell only of new ones. Lines are left out: they move. */
export function writeBaseline(findings: Finding[]): string {
  const entries = findings.map(entryOf).sort((a, b) => compare(keyOf(a), keyOf(b)));
  return `${JSON.stringify({ findings: entries }, undefined, 2)}\n`;
}

/** Takes known findings away, each as often as it stands in the baseline. Throws where the text is no baseline. */
export function withoutBaseline(findings: Finding[], baseline: string): Finding[] {
  const known = new Map<string, number>();
  const entries: unknown = (JSON.parse(baseline) as { findings?: unknown }).findings;
  if (!Array.isArray(entries)) throw new Error('the baseline has no findings: write one with --write-baseline');
  for (const entry of entries as Entry[]) known.set(keyOf(entry), (known.get(keyOf(entry)) ?? 0) + 1);
  return findings.filter(finding => {
    const key = keyOf(entryOf(finding));
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
}

function entryOf({ rule, file, object, message }: Finding): Entry {
  return { rule, file, object: [object.kind, object.namespace, object.name].filter(Boolean).join('/'), message };
}

function keyOf({ rule, file, object, message }: Entry): string {
  return JSON.stringify([rule, file, object, message]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
