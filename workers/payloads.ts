import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Change } from '../src/plan/plan.ts';

/** A run's id: made by `runId`, or derived from the scheduled job that started it. */
export const RunId = z.string().regex(/^run-[a-z0-9-]{6,60}$/);
/** The name of what lies in the store: a hash of its text. */
export const ContentId = z.string().regex(/^[0-9a-f]{24}$/);

/** `read`, `plan`, `status` and `report`: everything else is looked up by the run's id. */
export const RunJob = z.strictObject({ run: RunId });
export type RunJob = z.infer<typeof RunJob>;

/** One item's change. */
export const ItemJob = z.strictObject({
  run: RunId,
  key: z.string().regex(/^[a-z0-9]{1,64}$/),
  change: ContentId,
});
export type ItemJob = z.infer<typeof ItemJob>;

/** What a schedule starts. */
export const StartJob = z.strictObject({ schedule: z.string().min(1).max(200) });
export type StartJob = z.infer<typeof StartJob>;

/** The id of a text by its content. */
export function contentId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

/** A new run's id from what makes it unique. Never all digits, never a colon: BullMQ keeps those for itself. */
export function runId(seed: string): string {
  return `run-${contentId(seed)}`;
}

/** The id of an item's job, from its key and from what is to be written: the same work enqueued twice is one job. */
export function itemJobId(change: Change): string {
  const { key, do: verb, tracker } = change;
  const written = 'draft' in change ? [change.draft, change.instead] : 'patch' in change ? change.patch : null;
  const issue = 'issue' in change && change.issue !== null ? change.issue.id : null;
  return `${key}-${contentId(JSON.stringify([verb, tracker, issue, written]))}`;
}
