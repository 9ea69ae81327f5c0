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
  repository: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, 'write owner/name')
    .describe('owner/name'),
  tokenEnv: SecretName.default('GITHUB_TOKEN').describe(
    'The environment variable that holds the token; it needs "Issues: read and write".',
  ),
  labels: z
    .array(z.string().min(1).max(50))
    .default(['ptg'])
    .describe('What every issue gets besides its kind, action or rfe.'),
  baseUrl: Http.default('https://api.github.com').describe('The API; on GitHub Enterprise https://HOST/api/v3.'),
});
export type GitHubTrackerConfig = z.infer<typeof GitHubTrackerConfig>;

export const LaunchpadTrackerConfig = z.strictObject({
  type: z.literal('launchpad'),
  project: z
    .string()
    .regex(/^[a-z0-9][a-z0-9+.-]*$/, 'write the name of a Launchpad project, such as neutron')
    .describe('The project that gets the bugs.'),
  credentialsEnv: SecretName.default('LAUNCHPAD_CREDENTIALS').describe(
    'The environment variable that holds consumerKey:token:secret.',
  ),
  tags: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/, 'a Launchpad tag has 2 or more of a-z 0-9 + . -'))
    .default([])
    .describe('What every bug gets.'),
  baseUrl: Http.default('https://api.launchpad.net').describe('The API root; /devel is appended.'),
});
export type LaunchpadTrackerConfig = z.infer<typeof LaunchpadTrackerConfig>;

export const TrackerConfig = z.discriminatedUnion('type', [GitHubTrackerConfig, LaunchpadTrackerConfig]);
export type TrackerConfig = z.infer<typeof TrackerConfig>;

/** First match wins; every condition that is written must hold. */
export const Route = z.strictObject({
  kind: z.enum(['action', 'rfe']).optional().describe('Takes only items of this kind.'),
  section: z
    .string()
    .min(1)
    .optional()
    .describe('Takes only items below a heading with this in it; case does not matter.'),
  note: z.string().min(1).optional().describe('Takes only items of notes with this in their source or title.'),
  owner: z.string().min(1).optional().describe('Takes only items of an owner with this in the name.'),
  words: z
    .array(z.string().min(1))
    .nonempty()
    .optional()
    .describe('Takes only items with one of these words in title or quote.'),
  tracker: z.string().describe('Where the items go: a name under trackers.'),
  labels: z.array(z.string().min(1)).default([]).describe('More labels (GitHub).'),
  tags: z.array(z.string().min(1)).default([]).describe('More tags (Launchpad).'),
  titlePrefix: z.string().default('').describe('What stands before the title, such as "[RFE] ".'),
  milestone: z.string().optional().describe('The milestone, by its name.'),
  importance: z
    .enum(['Undecided', 'Critical', 'High', 'Medium', 'Low', 'Wishlist'])
    .optional()
    .describe('The importance (Launchpad), where it may be set.'),
});
export type Route = z.infer<typeof Route>;

export const Limits = z.strictObject({
  createsPerMinute: z
    .number()
    .positive()
    .default(20)
    .describe("How fast issues are filed; GitHub takes at most 80, a server of one's own may take more."),
  createsPerRun: z.number().int().positive().default(200).describe('Most new issues of one run; the next run goes on.'),
  settleAfter: Duration.optional().describe(
    'How long after a lost answer an issue may still appear in lists; 15m on GitHub and 2m on Launchpad.',
  ),
  timeout: Duration.prefault('60s').describe('How long one request may take.'),
  maxWait: Duration.prefault('15m').describe(
    'How long a run waits for a rate limit before it leaves the rest to the next run.',
  ),
});
export type Limits = z.infer<typeof Limits>;

export const Schedule = z.strictObject({
  cron: z.string().min(1).describe('When, as a cron pattern: "0 6 * * 1" is Mondays at six.'),
  timezone: z.string().default('UTC').describe('Where the clock of that pattern hangs, such as Europe/Prague.'),
  run: z.enum(['sync', 'status']).describe('What is done then.'),
  notes: z.array(z.string()).optional().describe('Notes for this schedule instead of those at the top.'),
  to: z.array(z.string().min(1)).default([]).describe('Where the report goes.'),
});
export type Schedule = z.infer<typeof Schedule>;

/** A second extractor: a model behind any OpenAI-compatible endpoint. Nothing is sent anywhere without it. */
export const ModelConfig = z.strictObject({
  baseUrl: Http.refine((address) => !/^[a-z]+:\/\/[^/?#]*@/i.test(address), {
    error: 'an address must not hold a name and a password; name the variable that holds the key: keyEnv',
  }).describe('The root of the API, such as http://localhost:11434/v1; /chat/completions is appended.'),
  name: z.string().min(1).describe('The model, as the endpoint calls it.'),
  keyEnv: SecretName.optional().describe('The environment variable that holds the key, where one is needed.'),
  timeout: Duration.prefault('60s').describe('How long one request may take; then the rules alone find the items.'),
  mode: z
    .enum(['merge', 'compare'])
    .default('merge')
    .describe('merge takes what either finds; compare takes what the rules find, and --explain tells the differences.'),
  confidence: z.number().min(0).max(1).default(0.5).describe('The confidence of what the model alone found, 0 to 1.'),
  maxRequests: z.number().int().positive().default(50).describe('Most requests of one run; the rules read the rest.'),
});
export type ModelConfig = z.infer<typeof ModelConfig>;

export const Config = z.strictObject({
  notes: z.array(z.string().min(1)).default([]).describe('Files, folders, globs and addresses; relative to this file.'),
  trackers: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/, 'name it with a-z 0-9 -'), TrackerConfig)
    .default({})
    .describe('Where issues are filed, by a name of your choice.'),
  routes: z
    .array(Route)
    .default([])
    .describe('Which item goes where; first match wins, and every condition of a route must hold.'),
  people: z.string().optional().describe('A file that says who is who; only accounts in it are assigned.'),
  decisions: z
    .string()
    .min(1)
    .default('ptg-decisions.yaml')
    .describe('The file in which review keeps what people decided; read when it is there.'),
  ledger: z
    .union([z.string().min(1), z.strictObject({ redis: z.strictObject({ urlEnv: SecretName }) })])
    .default('.ptg-tracker/ledger.db')
    .describe('What was written where: a file, or { redis: { urlEnv: REDIS_URL } }.'),
  limits: Limits.prefault({}).describe('How fast and how much.'),
  schedules: z.record(z.string(), Schedule).default({}).describe('What workers do when, by a name of your choice.'),
  extract: z
    .strictObject({
      threshold: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe('The confidence from which on a statement is an item, 0 to 1.'),
      cues: z.string().optional().describe('A file with further cues, in the form of config/cues.yaml.'),
      releases: z
        .record(z.string(), z.iso.date())
        .default({})
        .describe('Releases and milestones with their dates: Victoria: 2020-10-14.'),
      model: ModelConfig.optional().describe('A model that reads the notes too; off unless it is written.'),
    })
    .prefault({})
    .describe('How items are found.'),
  close: z
    .strictObject({
      vanished: z
        .boolean()
        .default(false)
        .describe('Whether an issue is closed when its statement is taken out of the notes.'),
    })
    .prefault({})
    .describe('Issues are closed by us only when this says so.'),
  stale: Duration.prefault('30d').describe('Open issues without a change for this long are stale.'),
  allowPrivateAddresses: z
    .boolean()
    .default(false)
    .describe('Whether notes given as addresses may be on private networks.'),
});
export type Config = z.infer<typeof Config>;

/** One person of `people.yaml`. */
export const Person = z.strictObject({
  name: z.string().min(1).describe('The full name, as notes write it.'),
  nicks: z.array(z.string().min(1)).default([]).describe('Nicks and other names.'),
  mail: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('Mail addresses.'),
  github: z.string().optional().describe('The account on GitHub, without @.'),
  launchpad: z.string().optional().describe('The account on Launchpad, without ~.'),
});
export type Person = z.infer<typeof Person>;
export const People = z.array(Person);
