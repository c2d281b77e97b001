import { existsSync, readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { sharedData } from '../../support/shared-data';
import { check } from '../cases';

interface Admission {
  readonly name: string;
  readonly accepted: boolean;
  readonly warning?: string;
  readonly object: unknown;
}

const FILE = sharedData('authz-verdicts', 'admission.yaml');
const objects: Admission[] = existsSync(FILE) ? parse(readFileSync(FILE, 'utf8')) : [];

/** What Istio takes, and what never does what it says. */
const DEAD = ['empty-to', 'principals-with-scheme', 'pa-workload-in-root'];

const levelsOf = ({ object }: Admission): string[] => check(stringify(object)).map(({ level }) => level).filter(level => level !== 'info');

if (objects.length === 0) {
  test.skip('the verdicts of Istio\'s webhook [skipped: ../shared/data/authz-verdicts/admission.yaml is absent]', () => undefined);
} else {
  test.each(objects.filter(({ accepted }) => !accepted))('fails as Istio\'s webhook refuses it: $name', one => {
    expect(levelsOf(one)).toContain('error');
  });

  test.each(objects.filter(({ accepted }) => accepted))('Istio\'s webhook takes it: $name', one => {
    expect(levelsOf(one).includes('error')).toBe(DEAD.includes(one.name));
  });

  test.each(objects.filter(({ warning }) => warning !== undefined))('fails as Istio\'s webhook warns of it: $name', one => {
    expect(levelsOf(one)).toContain('warning');
  });
}
