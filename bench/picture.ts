import { Result } from './results';

const LABELS = 300;
const BARS = 480;
const ROW = 40;
const TOP = 60;

/**
 * A picture of the time per object, on a scale where each step is ten times the one before.
 */
export function picture(results: Result[]): string {
  const compared = results.filter(({ cdk8s }) => cdk8s);
  const perObject = ({ milliseconds }: { readonly milliseconds: number }, objects: number) => milliseconds / objects * 1000;
  const highest = Math.ceil(Math.log10(Math.max(...compared.map(({ cdk8s, objects }) => perObject(cdk8s!, objects)))));
  const width = (microseconds: number) => Math.max(2, Math.log10(microseconds / 10) / (highest - 1) * BARS);
  const height = TOP + compared.length * ROW + 30;
  const bar = (y: number, microseconds: number, color: string) => [
    `<rect x="${LABELS}" y="${y}" width="${width(microseconds).toFixed(1)}" height="12" fill="${color}"/>`,
    `<text x="${(LABELS + width(microseconds) + 6).toFixed(1)}" y="${y + 10}" font-size="11">${Math.round(microseconds).toLocaleString('en')} µs</text>`,
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${LABELS + BARS + 100}" height="${height}" font-family="sans-serif" font-size="12" fill="#1f2328">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="16" y="28" font-size="16">Time per object (less is better, each line is ten times the one before)</text>`,
    `<rect x="${LABELS}" y="40" width="12" height="12" fill="#b0b7c3"/><text x="${LABELS + 18}" y="50">cdk8s App</text>`,
    `<rect x="${LABELS + 110}" y="40" width="12" height="12" fill="#0b7a75"/><text x="${LABELS + 128}" y="50">GitOpsApp</text>`,
    ...Array.from({ length: highest }, (_, step) => {
      const x = (LABELS + step / (highest - 1) * BARS).toFixed(1);
      return `<line x1="${x}" y1="${TOP}" x2="${x}" y2="${height - 24}" stroke="#e3e6ea"/><text x="${x}" y="${height - 10}" font-size="11" text-anchor="middle">${
        (10 ** (step + 1)).toLocaleString('en')} µs</text>`;
    }),
    ...compared.flatMap(({ title, objects, ours, cdk8s }, index) => [
      `<text x="${LABELS - 10}" y="${TOP + index * ROW + 22}" text-anchor="end">${title.replaceAll('`', '')}</text>`,
      ...bar(TOP + index * ROW + 6, perObject(cdk8s!, objects), '#b0b7c3'),
      ...bar(TOP + index * ROW + 20, perObject(ours, objects), '#0b7a75'),
    ]),
    '</svg>',
    '',
  ].join('\n');
}
