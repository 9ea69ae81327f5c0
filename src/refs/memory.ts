import { z } from 'zod';
import type { Memo } from './memo.ts';

/** What was found of a thing, when, and the validator with which to ask whether it is still so. */
export const Remembered = z.object({
  at: z.number(),
  etag: z.string().nullable(),
  thing: z.object({
    state: z.enum(['open', 'in-progress', 'done', 'dropped', 'unknown']),
    raw: z.string().nullable(),
    title: z.string().nullable(),
    updatedAt: z.string().nullable(),
    assignees: z.array(z.string()),
    remarks: z.array(z.string()),
  }),
});
export type Remembered = z.infer<typeof Remembered>;

/** What is remembered under a name; null when nothing is, or nothing that can be read. */
export async function recall(memo: Memo | null, name: string): Promise<Remembered | null> {
  const text = (await memo?.get(name)) ?? null;
  if (text === null) return null;
  const parsed = Remembered.safeParse(readText(text));
  return parsed.success ? parsed.data : null;
}

/** Remembers under a name. */
export async function keepIn(memo: Memo | null, name: string, value: Remembered): Promise<void> {
  await memo?.set(name, JSON.stringify(value));
}

/** Whether a memory is believed without asking; longer so when the work is over. */
export function isFresh(
  memory: Remembered | null,
  now: Date,
  limits: { readonly freshMs: number; readonly overFreshMs: number },
): memory is Remembered {
  if (memory === null) return false;
  const over = memory.thing.state === 'done' || memory.thing.state === 'dropped';
  return now.getTime() - memory.at < (over ? limits.overFreshMs : limits.freshMs);
}

function readText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
