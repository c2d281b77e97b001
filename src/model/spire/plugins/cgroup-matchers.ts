import { Report } from './plugin-kind';

const KEY = 'container_id_cgroup_matchers';

/** The patterns by which the old locator of containers finds their IDs: `*` and `<id>` for whole parts of a path, and no two for one path. */
export function checkCgroupMatchers(patterns: readonly string[], report: Report): void {
  patterns.forEach((pattern, i) => {
    const count = pattern.split('/').filter(part => part === '<id>').length;
    if (count !== 1) report(`${KEY} "${pattern}" has ${count} times <id>`, KEY, 'write it once, as a whole part of the path: /docker/<id>');
    const other = patterns.slice(0, i).find(earlier => overlaps(earlier, pattern));
    if (other !== undefined) report(`${KEY} "${other}" and "${pattern}" match the same path`, KEY, 'keep one of the two');
  });
}

function overlaps(a: string, b: string): boolean {
  const [left, right] = [a.split('/'), b.split('/')];
  return left.length === right.length && left.every((part, i) => part === right[i] || [part, right[i]].some(one => one === '*' || one === '<id>'));
}
