import { z } from 'zod';
import { type ItemKey, parseKey } from '../items/item.ts';

/** A key as it stands in a file. */
const Key = z.string().transform((text, context): ItemKey => {
  const key = parseKey(text);
  if (key !== null) return key;
  context.addIssue({ code: 'custom', message: 'write a key of 16 characters of a-z and 2-7' });
  return z.NEVER;
});

const Texts = z.array(z.string());
const Link = z.strictObject({ id: z.string(), url: z.string() });

const Place = z.strictObject({ note: z.string(), lineStart: z.number(), lineEnd: z.number() });
const NoteFacts = z.strictObject({
  source: z.string(),
  url: z.string().nullable(),
  title: z.string(),
  author: z.string().nullable(),
  date: z.string().nullable(),
});
const Ref = z.strictObject({
  url: z.string(),
  kind: z.enum([
    'launchpad-bug',
    'launchpad-blueprint',
    'github-issue',
    'github-pull',
    'gerrit-change',
    'storyboard-story',
    'spec',
    'etherpad',
    'link',
  ]),
  id: z.string().nullable(),
});
const Item = z.strictObject({
  key: Key,
  kind: z.enum(['action', 'rfe']),
  title: z.string(),
  quote: z.string(),
  owners: z.array(
    z.strictObject({ name: z.string(), github: z.string().nullable(), launchpad: z.string().nullable() }),
  ),
  refs: z.array(Ref),
  due: z.strictObject({ text: z.string(), date: z.string().nullable() }).nullable(),
  section: Texts,
  source: Place,
  note: NoteFacts,
  tracked: Ref.nullable(),
  confidence: z.number(),
  evidence: Texts,
  alsoIn: z.array(Place.extend({ noteFacts: NoteFacts, quote: z.string() })),
});

const Issue = z.strictObject({
  ...Link.shape,
  title: z.string(),
  body: z.string(),
  state: z.enum(['open', 'in-progress', 'done', 'dropped', 'unknown']),
  raw: z.string(),
  labels: Texts,
  assignees: Texts,
  author: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  duplicateOf: z.string().nullable(),
});
const Draft = z.strictObject({
  key: Key,
  title: z.string(),
  body: z.string(),
  labels: Texts,
  assignees: Texts,
  milestone: z.string().nullable(),
  importance: z.string().nullable(),
});
const Patch = z.strictObject({
  title: z.string().exactOptional(),
  body: z.string().exactOptional(),
  addLabels: Texts.exactOptional(),
  removeLabels: Texts.exactOptional(),
  addAssignees: Texts.exactOptional(),
  removeAssignees: Texts.exactOptional(),
  close: z
    .union([
      z.strictObject({ as: z.enum(['done', 'dropped']) }),
      z.strictObject({ as: z.literal('duplicate'), of: z.string() }),
    ])
    .exactOptional(),
});
const Wrote = z.strictObject({ title: z.string(), block: z.string(), labels: Texts, assignees: Texts });
const Claim = z.strictObject({ run: z.string(), at: z.string(), uncertain: z.boolean() });

const base = {
  key: Key,
  title: z.string(),
  tracker: z.string().nullable(),
  because: z.string(),
  fields: z.record(z.string(), z.strictObject({ from: z.string().nullable(), to: z.string().nullable() })),
  notes: Texts,
};
const Change = z.discriminatedUnion('do', [
  z.strictObject({
    ...base,
    do: z.literal('create'),
    item: Item,
    draft: Draft,
    instead: Claim.nullable(),
    wrote: Wrote,
  }),
  z.strictObject({ ...base, do: z.literal('adopt'), item: Item, issue: Issue, patch: Patch.nullable(), wrote: Wrote }),
  z.strictObject({ ...base, do: z.literal('update'), item: Item, issue: Issue, patch: Patch, wrote: Wrote }),
  z.strictObject({ ...base, do: z.literal('close'), issue: Issue, of: Issue.nullable(), patch: Patch }),
  z.strictObject({ ...base, do: z.literal('wait'), item: Item.nullable(), until: z.string() }),
  z.strictObject({
    ...base,
    do: z.literal('nothing'),
    item: Item.nullable(),
    issue: Link.nullable(),
    wrote: Wrote.nullable().exactOptional(),
  }),
]);
const PlannedTracker = z.strictObject({
  name: z.string(),
  type: z.enum(['github', 'launchpad']),
  target: z.string(),
  unavailable: z.string().exactOptional(),
});

/** What a saved plan was made from, in short: enough to see that something moved, and what. */
const Seen = z.strictObject({
  items: z.record(z.string(), z.strictObject({ title: z.string(), note: z.string(), hash: z.string() })),
  issues: z.record(
    z.string(),
    z.strictObject({ title: z.string(), hash: z.string(), updatedAt: z.string().nullable() }),
  ),
});

/** A plan in a file. */
export const SavedPlan = z.strictObject({
  version: z.literal(1),
  at: z.string(),
  /** The notes as they were given. */
  notes: Texts,
  seen: Seen,
  plan: z.strictObject({ trackers: z.array(PlannedTracker), changes: z.array(Change) }),
});
