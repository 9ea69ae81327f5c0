import { createHash } from 'node:crypto';
import { z } from 'zod';
import { messageOf, UsageError } from '../errors.ts';
import { planJson, writes } from '../plan/json.ts';
import type { Change, Plan } from '../plan/plan.ts';
import { ChangeJson } from '../plan/schema.ts';
import { printable } from '../terminal/text.ts';

/** What a plan was made of, so that it can be made again. */
const Choices = z.strictObject({
  notes: z.array(z.string()),
  only: z.array(z.string()).nullable(),
  maxCreates: z.number().int().positive().nullable(),
});

/** The same, as a caller has it. */
interface Made {
  readonly notes: readonly string[];
  readonly only: readonly string[] | null;
  readonly maxCreates: number | null;
}

/** A plan that was put aside: for people to read, and for `sync --plan` to do. */
export const PlanFile = z.strictObject({
  version: z.literal(1),
  madeAt: z.string(),
  madeFrom: Choices,
  /** What each change would write, as a fingerprint; null where it writes nothing. */
  changes: z.array(ChangeJson.extend({ writes: z.string().nullable() })),
});
export type PlanFile = z.infer<typeof PlanFile>;

/** The text of a plan file. */
export function planFile(plan: Plan, madeFrom: Made, now: Date): string {
  const prints = plan.changes.map(fingerprint);
  const changes = planJson(plan).changes.map((change, index) => ({ ...change, writes: prints[index] ?? null }));
  return `${JSON.stringify({ version: 1, madeAt: now.toISOString(), madeFrom, changes }, null, 2)}\n`;
}

/** Reads a plan file; throws `UsageError` for what is none. */
export function readPlanFile(text: string, name: string): PlanFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name} is not JSON: ${messageOf(error)}`, AGAIN);
  }
  const parsed = PlanFile.safeParse(value);
  if (!parsed.success) throw new UsageError(`${name} is not a plan of this version of ptg-tracker`, AGAIN);
  return parsed.data;
}

const AGAIN = 'Make one with: ptg-tracker plan --out plan.json';

/** Throws `UsageError`, naming what moved, unless doing the plan of now would write just what the file says. */
export function checkUnmoved(file: PlanFile, name: string, now: Plan): void {
  const planned = new Map(file.changes.flatMap((change) => (change.writes === null ? [] : [[idOf(change), change]])));
  const moved: string[] = [];
  for (const change of now.changes.filter(writes)) {
    const before = planned.get(idOf(change));
    planned.delete(idOf(change));
    if (before === undefined) moved.push(`“${printable(change.title)}”: not in the plan, now ${change.do}`);
    else if (before.do !== change.do) moved.push(`“${printable(change.title)}”: was ${before.do}, now ${change.do}`);
    else if (before.writes !== fingerprint(change))
      moved.push(`“${printable(change.title)}”: would write another text now`);
  }
  const kept = new Map(now.changes.map((change) => [idOf(change), change]));
  for (const [id, { title, do: planned_ }] of planned) {
    const because = kept.get(id)?.because;
    moved.push(`“${printable(title)}”: was ${planned_}, now nothing${because === undefined ? '' : ` (${because})`}`);
  }
  if (moved.length === 0) return;
  const shown = moved.length > MOST ? [...moved.slice(0, MOST), `… and ${moved.length - MOST} more`] : moved;
  throw new UsageError(
    `notes or trackers have moved since ${name} was made; nothing was written:\n${shown.map((line) => `  ${line}`).join('\n')}`,
    AGAIN,
  );
}

const MOST = 10;

/** A second issue with the same key is a change of its own. */
function idOf(change: {
  readonly key: string;
  readonly do: string;
  readonly issue?: { readonly id: string } | null;
}): string {
  return change.do === 'close' ? `${change.key} ${change.issue?.id ?? ''}` : change.key;
}

/** What a change would send, down to the last character. */
function fingerprint(change: Change): string | null {
  if (!writes(change)) return null;
  const sent = change.do === 'create' ? change.draft : 'patch' in change ? change.patch : null;
  return createHash('sha256')
    .update(JSON.stringify([change.tracker, change.do, sent]))
    .digest('hex')
    .slice(0, 16);
}
