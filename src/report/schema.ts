import { z } from 'zod';

/** An issue as reports and outcomes name it. */
export const IssueLink = z.strictObject({ id: z.string(), url: z.string() });

/** Somebody named in a note; accounts only where `people.yaml` gives them. */
export const OwnerJson = z.strictObject({
  name: z.string(),
  github: z.string().nullable(),
  launchpad: z.string().nullable(),
});

/** A release, milestone or date as written; `date` only where a calendar says so. */
export const DueJson = z.strictObject({ text: z.string(), date: z.string().nullable() });

const Count = z.number().int().nonnegative();

/** One item's follow-up in `status --format json`. */
export const ReportItemJson = z.strictObject({
  key: z.string(),
  title: z.string(),
  kind: z.enum(['action', 'rfe']),
  owners: z.array(OwnerJson),
  due: DueJson.nullable(),
  note: z.strictObject({
    title: z.string(),
    date: z.string().nullable(),
    source: z.string(),
    url: z.string().nullable(),
    lineStart: z.number().int().nonnegative(),
    lineEnd: z.number().int().nonnegative(),
  }),
  section: z.array(z.string()),
  tracker: z.string().nullable(),
  issue: IssueLink.nullable(),
  state: z.enum(['open', 'in-progress', 'done', 'dropped', 'unknown']),
  raw: z.string().nullable(),
  assignees: z.array(z.string()),
  updatedAt: z.string().nullable(),
  stale: z.boolean(),
  overdue: z.boolean(),
  unowned: z.boolean(),
  tracked: z.boolean(),
  refs: z.array(
    z.strictObject({
      url: z.string(),
      kind: z.string(),
      id: z.string().nullable(),
      state: z.enum(['open', 'in-progress', 'done', 'dropped', 'unknown']).nullable(),
      raw: z.string().nullable(),
    }),
  ),
  remarks: z.array(z.string()),
});

/** What `status --format json` prints. */
export const ReportJson = z.strictObject({
  at: z.string(),
  items: z.array(ReportItemJson),
  summary: z.strictObject({
    items: Count,
    open: Count,
    inProgress: Count,
    done: Count,
    dropped: Count,
    unknown: Count,
    stale: Count,
    overdue: Count,
    unowned: Count,
  }),
  since: z.strictObject({ at: z.string(), done: Count, dropped: Count, added: Count, newlyStale: Count }).nullable(),
  warnings: z.array(z.string()),
});
