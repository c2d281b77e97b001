import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessTimes } from './access-time';
import { checkMemory } from './check-memory';
import { deployments, texts } from './check-texts';
import { checkTime } from './check-time';
import { compile } from './compile';
import { helmTime } from './helm';
import { hostileTimes } from './hostile-time';
import { page, promises } from './page';
import { picture } from './picture';
import { measure, Result } from './results';
import { SCENARIOS } from './scenarios';
import { startTime } from './start-time';
import { bundleChecks } from '../scripts/bundle-checks';
import { makeExportsLazy } from '../scripts/lazy-exports';

const ROOT = join(__dirname, '..');
const quick = process.argv.includes('--quick');
const rounds = quick ? 2 : 5;

// below the project, so that compiled code finds its packages
const code = join(ROOT, '.tmp', 'bench');
compile(join(ROOT, 'src'), join(code, 'src'));
compile(join(ROOT, 'bench'), join(code, 'bench'));
makeExportsLazy(join(code, 'src'));
bundleChecks(join(code, 'src'), join(ROOT, 'src'));

const folder = mkdtempSync(join(memoryFolder(), 'cdk8s-spiffe-'));
try {
  const results: Result[] = [];
  for (const [name, scenario] of Object.entries(SCENARIOS).filter(([, { quick: isQuick }]) => isQuick || !quick)) {
    const result = measure(name, scenario, { code, folder, rounds, quick });
    results.push(result);
    const [ours, checked, cdk8s] = [result.ours, result.checked, result.cdk8s].map((medians) => medians && `${Math.round(medians.milliseconds)} ms, ${Math.round(medians.peakMegabytes)} MB`);
    console.log(`${name.padEnd(20)} ${String(result.objects).padStart(6)} objects   ours ${ours}   with checks ${checked}   cdk8s ${cdk8s ?? 'not run'}`);
  }
  const start = startTime(code, rounds);
  console.log(`require: ${Math.round(start.first.milliseconds)} ms, of everything ${Math.round(start.everything.milliseconds)} ms`);
  const fixtures = join(ROOT, 'test', 'checks', 'fixtures');
  const checks = [1, 10].map((clusters) => checkTime(code, fixtures, clusters, quick ? 1 : rounds));
  const memoryRounds = quick ? 1 : rounds;
  const memory = {
    services: [3_333, 10_000, 50_000].map((count) => checkMemory(code, folder, texts(1, count, fixtures), memoryRounds)),
    deployments: [3_333, 10_000].map((count) => checkMemory(code, folder, deployments(count), memoryRounds)),
  };
  const access = accessTimes(code, quick ? 1 : rounds);
  const hostile = hostileTimes(code, quick ? 1 : rounds);
  promises({ results, start, checks, memory, access, hostile }).forEach(({ promise, measured, kept }) => console.log(`${kept ? 'kept    ' : 'NOT KEPT'} ${promise}: ${measured}`));
  const text = page({ results, start, checks, memory, access, hostile, helmMilliseconds: helmTime('bookinfo-zero-trust', folder, rounds), rounds });
  if (quick) {
    console.log(`\n${text}`);
  } else {
    mkdirSync(join(ROOT, 'docs', 'images'), { recursive: true });
    writeFileSync(join(ROOT, 'docs', 'performance.md'), text);
    writeFileSync(join(ROOT, 'docs', 'images', 'performance.svg'), picture(results));
  }
} finally {
  rmSync(folder, { recursive: true });
}

// a disk would be most of what is measured
function memoryFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
}
