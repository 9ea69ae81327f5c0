import { z } from 'zod';

const Count = z.number().int().nonnegative();

/** One planned change in `plan --format json`. */
export const ChangeJson = z.strictObject({
  key: z.string(),
  title: z.string(),
  tracker: z.string().nullable(),
  do: z.enum(['create', 'adopt', 'update', 'close', 'wait', 'nothing']),
  because: z.string(),
  fields: z.record(z.string(), z.strictObject({ from: z.string().nullable(), to: z.string().nullable() })),
  issue: z.strictObject({ id: z.string(), url: z.string() }).nullable(),
  notes: z.array(z.string()),
});

/** What `plan --format json` prints. */
export const PlanJson = z.strictObject({
  changes: z.array(ChangeJson),
  summary: z.strictObject({
    create: Count,
    adopt: Count,
    update: Count,
    close: Count,
    wait: Count,
    nothing: Count,
  }),
});
export type PlanJson = z.infer<typeof PlanJson>;
