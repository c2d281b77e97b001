import { Level } from './finding';

const ORDER = [Level.ERROR, Level.WARNING, Level.INFO];

/** Whether a level is as bad as a threshold, or worse. */
export function reaches(level: Level, threshold: Level): boolean {
  return ORDER.indexOf(level) <= ORDER.indexOf(threshold);
}
