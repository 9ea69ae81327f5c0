import { z } from 'zod';
import { DueJson, IssueLink, OwnerJson } from '../report/schema.ts';

const Line = z.number().int().positive();
const Place = z.strictObject({ note: z.string(), lineStart: Line, lineEnd: Line });
const Confidence = z.number().min(0).max(1);

const RefJson = z.strictObject({
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

/** A statement that was looked at, with what spoke for and against it. */
const StatementJson = z.strictObject({
  text: z.string(),
  source: Place,
  confidence: Confidence,
  reasons: z.array(z.strictObject({ id: z.string(), weight: z.number() })),
});

/** One item in `extract --format json`. */
const ItemJson = z.strictObject({
  key: z.string().regex(/^[a-z2-7]{16}$/),
  kind: z.enum(['action', 'rfe']),
  title: z.string(),
  quote: z.string(),
  owners: z.array(OwnerJson),
  refs: z.array(RefJson),
  due: DueJson.nullable(),
  section: z.array(z.string()),
  source: Place,
  alsoIn: z.array(Place),
  tracked: RefJson.nullable(),
  confidence: Confidence,
  evidence: z.array(z.string()),
});

/** What the rules or the model found, in the comparison of the two. */
const OpinionJson = ItemJson.pick({
  kind: true,
  title: true,
  quote: true,
  owners: true,
  source: true,
  confidence: true,
  evidence: true,
});

/** The model's opinion of one note beside that of the rules. */
const ComparisonJson = z.strictObject({
  note: z.string(),
  both: z.array(OpinionJson),
  onlyModel: z.array(OpinionJson),
  onlyRules: z.array(OpinionJson),
  refused: z.partialRecord(z.enum(['form', 'many', 'quote', 'title', 'twice']), z.number().int().positive()),
});

/** What `extract --format json` prints; `close` with `--all`, `statements` and (of a configured model) `model` with `--explain`. */
export const ExtractJson = z.strictObject({
  notes: z.array(
    z.strictObject({
      source: z.string(),
      url: z.string().nullable(),
      kind: z.enum(['mail', 'markdown', 'html', 'rst', 'text', 'meetbot', 'irc', 'pad']),
      title: z.string(),
      author: z.string().nullable(),
      date: z.string().nullable(),
      hash: z.string(),
    }),
  ),
  items: z.array(ItemJson),
  close: z.array(StatementJson).optional(),
  statements: z.array(StatementJson).optional(),
  model: z.array(ComparisonJson).optional(),
});

const Count = z.number().int().nonnegative();

/** What `sync --format json` prints. */
export const SyncJson = z.strictObject({
  outcomes: z.array(
    z.strictObject({
      key: z.string(),
      title: z.string(),
      tracker: z.string().nullable(),
      did: z.enum(['created', 'adopted', 'updated', 'nothing', 'uncertain', 'failed']),
      issue: IssueLink.nullable(),
      because: z.string(),
      notes: z.array(z.string()),
    }),
  ),
  summary: z.strictObject({
    created: Count,
    adopted: Count,
    updated: Count,
    nothing: Count,
    uncertain: Count,
    failed: Count,
  }),
});
