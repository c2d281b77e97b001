const SHORT = 6;
/** As many names as are read at a glance. */
const FEW = 12;

/** Whether a name is another one misspelt: in the wrong case, or one letter away, two in a longer name. */
export function isSlip(name: string, known: string): boolean {
  const [a, b] = [name.toLowerCase(), known.toLowerCase()];
  const most = Math.min(a.length, b.length) < SHORT ? 1 : 2;
  return Math.abs(a.length - b.length) <= most && distance(a, b) <= most;
}

/** The known names that are nearest to one, as a text; all of them where they are few. */
export function nearestOf(name: string, known: readonly string[]): string {
  if (known.length <= FEW) return known.join(', ');
  const far = new Map(known.map(one => [one, distance(name.toLowerCase(), one.toLowerCase())]));
  const near = [...known].sort((a, b) => far.get(a)! - far.get(b)!).slice(0, FEW);
  return `${near.join(', ')} and ${known.length - FEW} others`;
}

/** How many letters are to be put in, left out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}
