import { Outcome } from '../engine';

/** The outcome as JSON, its findings under `findings`. */
export function toJson({ findings, objects, unknown, unread, skipped }: Outcome): string {
  return `${JSON.stringify({ findings, summary: { objects, unknown, unread, skipped } }, undefined, 2)}\n`;
}
