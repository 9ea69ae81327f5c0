import ms from 'ms';
import { z } from 'zod';

const A_DURATION = 'write a duration such as 30s, 15m, 1h or 30d';

/** A duration as people write it (`2s`, `15m`, `1h`, `30d`); becomes milliseconds. */
export const Duration = z
  .string(A_DURATION)
  .regex(/^\d+(\.\d+)?\s*(ms|s|m|h|d|w)$/, A_DURATION)
  .transform((text) => ms(text as ms.StringValue));

/** The name of an environment variable that holds a secret; the secret itself is refused. */
const SecretName = z
  .string()
  .regex(/^[A-Z_][A-Z0-9_]*$/, 'name the environment variable that holds the secret, not the secret itself');

const Http = z.url({ protocol: /^https?$/, error: 'write an http(s) address' });

export const GitHubTrackerConfig = z.strictObject({
  type: z.literal('github'),
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'write owner/name'),
  tokenEnv: SecretName.default('GITHUB_TOKEN'),
  labels: z.array(z.string().min(1).max(50)).default(['ptg']),
  baseUrl: Http.default('https://api.github.com'),
});
export type GitHubTrackerConfig = z.infer<typeof GitHubTrackerConfig>;

export const LaunchpadTrackerConfig = z.strictObject({
  type: z.literal('launchpad'),
  project: z.string().regex(/^[a-z0-9][a-z0-9+.-]*$/, 'write the name of a Launchpad project, such as neutron'),
  credentialsEnv: SecretName.default('LAUNCHPAD_CREDENTIALS'),
  tags: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/, 'a Launchpad tag has 2 or more of a-z 0-9 + . -'))
    .default([]),
  baseUrl: Http.default('https://api.launchpad.net'),
});
export type LaunchpadTrackerConfig = z.infer<typeof LaunchpadTrackerConfig>;

export const TrackerConfig = z.discriminatedUnion('type', [GitHubTrackerConfig, LaunchpadTrackerConfig]);
export type TrackerConfig = z.infer<typeof TrackerConfig>;

/** First match wins; every condition that is written must hold. */
export const Route = z.strictObject({
  kind: z.enum(['action', 'rfe']).optional(),
  /** A part of any heading above the item; case does not matter. */
  section: z.string().min(1).optional(),
  /** A part of the note's source or title. */
  note: z.string().min(1).optional(),
  /** An owner's name, or a part of it. */
  owner: z.string().min(1).optional(),
  /** Words of which one must stand in the title or the quote. */
  words: z.array(z.string().min(1)).nonempty().optional(),
  tracker: z.string(),
  labels: z.array(z.string().min(1)).default([]),
  tags: z.array(z.string().min(1)).default([]),
  titlePrefix: z.string().default(''),
  milestone: z.string().optional(),
  importance: z.enum(['Undecided', 'Critical', 'High', 'Medium', 'Low', 'Wishlist']).optional(),
});
export type Route = z.infer<typeof Route>;

export const Limits = z.strictObject({
  /** GitHub takes at most 80; a server of one's own may take more. */
  createsPerMinute: z.number().positive().default(20),
  createsPerRun: z.number().int().positive().default(200),
  /** Default: 15m on GitHub, 2m on Launchpad. */
  settleAfter: Duration.optional(),
  timeout: Duration.default(60_000),
  maxWait: Duration.default(900_000),
});
export type Limits = z.infer<typeof Limits>;

export const Schedule = z.strictObject({
  cron: z.string().min(1),
  timezone: z.string().default('UTC'),
  run: z.enum(['sync', 'status']),
  notes: z.array(z.string()).optional(),
  to: z.array(z.string().min(1)).default([]),
});
export type Schedule = z.infer<typeof Schedule>;

export const Config = z.strictObject({
  notes: z.array(z.string().min(1)).default([]),
  trackers: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/, 'name it with a-z 0-9 -'), TrackerConfig).default({}),
  routes: z.array(Route).default([]),
  /** A file with a list of people, see `Person`. */
  people: z.string().optional(),
  /** The file in which `review` keeps what people decided; read when it is there. */
  decisions: z.string().min(1).default('ptg-decisions.yaml'),
  ledger: z
    .union([z.string().min(1), z.strictObject({ redis: z.strictObject({ urlEnv: SecretName }) })])
    .default('.ptg-tracker/ledger.db'),
  limits: Limits.prefault({}),
  schedules: z.record(z.string(), Schedule).default({}),
  extract: z
    .strictObject({
      /** Items below it are not filed; 0 to 1. */
      threshold: z.number().min(0).max(1).optional(),
      /** A file with further cues in the form of `config/cues.yaml`. */
      cues: z.string().optional(),
      /** Releases and milestones with their dates: `Victoria: 2020-10-14`. */
      releases: z.record(z.string(), z.iso.date()).default({}),
    })
    .prefault({}),
  /** Issues are closed by us only when this says so. */
  close: z.strictObject({ vanished: z.boolean().default(false) }).prefault({}),
  /** Open issues without a change for this long are stale. */
  stale: Duration.default(30 * 24 * 3_600_000),
  /** Notes given as addresses may be on private networks. */
  allowPrivateAddresses: z.boolean().default(false),
});
export type Config = z.infer<typeof Config>;

/** One person of `people.yaml`. */
export const Person = z.strictObject({
  name: z.string().min(1),
  nicks: z.array(z.string().min(1)).default([]),
  mail: z.union([z.string(), z.array(z.string())]).optional(),
  github: z.string().optional(),
  launchpad: z.string().optional(),
});
export type Person = z.infer<typeof Person>;
export const People = z.array(Person);
