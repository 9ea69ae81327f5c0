import { existsSync } from 'node:fs';
import type { Decision } from '../config/decisions.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Config, ModelConfig, TrackerConfig } from '../config/schema.ts';
import { secretOf } from '../config/secrets.ts';
import { ConfigError } from './errors.ts';
import type { Ref } from './items/item.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Model } from './model/ask.ts';
import type { Parts } from './pipeline.ts';
import type { Memo } from './refs/memo.ts';
import type { Hosts } from './refs/service.ts';
import type { Followed } from './report/standing.ts';
import type { Tracker } from './trackers/tracker.ts';
import { USER_AGENT } from './version.ts';

/** What a tracker waits by itself: the pauses that services ask for between two requests. */
const SHORT_WAIT_MS = 5_000;

type Environment = Readonly<Record<string, string | undefined>>;

export interface WireOptions {
  readonly env: Environment;
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly now?: () => Date;
  /** `read` opens a ledger only where there is one already, so that looking leaves no trace. */
  readonly ledger: 'read' | 'write';
  /** Whether trackers are needed; their credentials are asked for only then. */
  readonly trackers: boolean;
  /** Whether reads wait for a tracker's rate limit (default), or throw it at once for a queue to wait. */
  readonly limits?: 'wait' | 'throw';
  /** Told whenever a limit of a tracker makes us wait. */
  readonly onWait?: (tracker: string, until: Date, why: string) => void;
  /** Told what is damaged and was left out. */
  readonly warn?: (sentence: string) => void;
}

/** The parts, and what ends them. */
export interface Wired extends Parts {
  /** Whether we may set importance, milestones and other people as assignees there; null where nobody has to be asked for that. */
  mayTriage(tracker: string): Promise<boolean | null>;
  close(): Promise<void>;
}

/** Makes the parts that a configuration asks for. Throws `ConfigError` for what is missing, `LedgerError` for the ledger. */
export async function wire(loaded: LoadedConfig, options: WireOptions): Promise<Wired> {
  const { config, dir } = loaded;
  const { env, cwd, signal, now = () => new Date() } = options;
  if (options.trackers && Object.keys(config.trackers).length === 0) throw noTrackers(loaded);
  const people =
    config.people === undefined ? [] : await (await import('../config/people.ts')).loadPeople(config.people, cwd);
  // What is wrong with the configuration is told before the ledger is made.
  const decisions = await decisionsOf(loaded);
  const secrets = options.trackers ? await trackerSecrets(loaded, env) : new Map<string, string>();
  const ledger = await openLedger(loaded, env, options);
  const trackers = await openTrackers(loaded, secrets, ledger, options);
  const follow = (refs: readonly Ref[]) => followWith(refs, loaded.config, secrets, ledger, options);
  const { model } = config.extract;
  const openModel = model === undefined ? undefined : () => openModelOf(model, env, signal);
  const parts = { config, dir, cwd, people, decisions, ledger, trackers, follow, openModel, now, signal };
  const mayTriage = (tracker: string) => askTriage(tracker, loaded.config, secrets);
  return { ...parts, mayTriage, close: () => ledger.close() };
}

function noTrackers({ file }: LoadedConfig): ConfigError {
  const where = file === null ? 'there is no ptg-tracker.yaml here or above' : 'it names no trackers';
  return new ConfigError(
    file,
    [`${where}: ptg-tracker does not know where to file issues`],
    'Write one with: ptg-tracker init',
  );
}

/**
 * The secret of each tracker, by its name: from its environment variable, else as `login` kept it. All that are missing
 * are told at once.
 */
async function trackerSecrets({ config, file }: LoadedConfig, env: Environment): Promise<Map<string, string>> {
  const secrets = new Map<string, string>();
  const missing: string[] = [];
  for (const [name, settings] of Object.entries(config.trackers)) {
    const secret = env[secretNameOf(settings)]?.trim() || (await keptSecret(settings, env));
    if (secret) secrets.set(name, secret);
    else missing.push(missingSecret([name, settings]));
  }
  const hint = 'Set it, or run: ptg-tracker login github, ptg-tracker login launchpad';
  if (missing.length > 0) throw new ConfigError(file, missing, hint);
  return secrets;
}

async function keptSecret(settings: TrackerConfig, env: Environment): Promise<string | null> {
  const { credentialsFile, readSecret, serviceOf } = await import('../config/credentials.ts');
  return readSecret(credentialsFile(serviceOf(settings), env));
}

async function openTrackers(
  { config }: LoadedConfig,
  secrets: ReadonlyMap<string, string>,
  ledger: Ledger,
  options: WireOptions,
): Promise<Map<string, Tracker>> {
  if (secrets.size === 0) return new Map();
  const [{ openTracker }, { patient }] = await Promise.all([
    import('./trackers/index.ts'),
    import('./trackers/patient.ts'),
  ]);
  const memo = memoOf(ledger, options.ledger);
  const opened = Object.entries(config.trackers).map(async ([name, settings]) => {
    const onWait = (until: Date, why: string) => options.onWait?.(name, until, why);
    // A longer wait is not the tracker's: reads wait outside of it, and apply waits without holding a claim.
    const limits = { ...config.limits, maxWait: Math.min(config.limits.maxWait, SHORT_WAIT_MS) };
    const rest = { limits, userAgent: USER_AGENT, onWait, memo };
    const tracker = await openTracker({ name, config: settings, token: secrets.get(name) ?? '', ...rest });
    if (options.limits === 'throw') return [name, tracker] as const;
    const patience = {
      maxWaitMs: config.limits.maxWait,
      now: options.now ?? (() => new Date()),
      signal: options.signal,
      onWait,
    };
    return [name, patient(tracker, patience)] as const;
  });
  return new Map(await Promise.all(opened));
}

/** The ledger's memos; a command that only looks leaves no trace there. */
function memoOf(ledger: Ledger, mode: WireOptions['ledger']): Memo {
  return {
    get: (name) => ledger.memo(name),
    set: async (name, value) => (mode === 'read' ? undefined : ledger.setMemo(name, value)),
  };
}

async function askTriage(name: string, config: Config, secrets: ReadonlyMap<string, string>): Promise<boolean | null> {
  const settings = config.trackers[name];
  const credentials = secrets.get(name);
  if (settings?.type !== 'launchpad' || credentials === undefined) return null;
  const { mayTriageBugs } = await import('./trackers/launchpad/launchpad.ts');
  return mayTriageBugs({ name, config: settings, credentials, limits: config.limits, userAgent: USER_AGENT });
}

function secretNameOf(settings: TrackerConfig): string {
  return settings.type === 'github' ? settings.tokenEnv : settings.credentialsEnv;
}

function missingSecret([name, settings]: readonly [string, TrackerConfig]): string {
  const what =
    settings.type === 'github'
      ? `the token for ${settings.repository}`
      : `consumerKey:token:secret for ${settings.project}`;
  return `trackers.${name}: the environment variable ${secretNameOf(settings)} is not set; it holds ${what}`;
}

async function openLedger(
  loaded: LoadedConfig,
  env: Environment,
  { ledger: mode, warn }: WireOptions,
): Promise<Ledger> {
  const { ledger } = loaded.config;
  if (typeof ledger !== 'string') {
    const { openRedisLedger } = await import('./ledger/redis.ts');
    return openRedisLedger(secretOf(env, ledger.redis.urlEnv, 'the address of Redis'));
  }
  if (mode === 'read' && !existsSync(ledger)) return (await import('./ledger/empty.ts')).emptyLedger(ledger);
  const { openSqliteLedger } = await import('./ledger/sqlite.ts');
  return openSqliteLedger(ledger, warn === undefined ? {} : { warn });
}

/** The model that reads notes too; its key is asked for only by commands that read some. */
async function openModelOf(settings: ModelConfig, env: Environment, signal: AbortSignal): Promise<Model> {
  const { baseUrl, name, keyEnv, timeout, maxRequests } = settings;
  const key = keyEnv === undefined ? null : secretOf(env, keyEnv, `the key for ${new URL(baseUrl).host}`);
  const { openModel } = await import('./model/ask.ts');
  return openModel({ baseUrl, name, key, timeoutMs: timeout, maxRequests, signal });
}

/** Follows refs with what the configuration says of the services: their addresses, and GitHub's token for its higher limit. */
async function followWith(
  refs: readonly Ref[],
  config: Config,
  secrets: ReadonlyMap<string, string>,
  ledger: Ledger,
  options: WireOptions,
): Promise<ReadonlyMap<string, Followed>> {
  if (refs.length === 0) return new Map();
  const [{ FOLLOW_LIMITS, followRefs }, { networkGet }, { PUBLIC_HOSTS }, { setTimeout: sleep }] = await Promise.all([
    import('./refs/follow.ts'),
    import('./refs/asking.ts'),
    import('./refs/service.ts'),
    import('node:timers/promises'),
  ]);
  const trackers = Object.values(config.trackers);
  return followRefs(refs, {
    get: networkGet(config.limits.timeout),
    memo: memoOf(ledger, options.ledger),
    clock: {
      now: options.now ?? (() => new Date()),
      sleep: async (ms) => sleep(ms, undefined, { signal: options.signal }),
    },
    limits: FOLLOW_LIMITS,
    githubToken: tokenIn(secrets, config),
    hosts: hostsOf(trackers, PUBLIC_HOSTS),
  });
}

/** What people decided, when there is such a file. */
async function decisionsOf({ config }: LoadedConfig): Promise<readonly Decision[]> {
  if (!existsSync(config.decisions)) return [];
  const [{ parseDecisions }, { textOf }] = await Promise.all([
    import('../config/decisions.ts'),
    import('../config/load.ts'),
  ]);
  return parseDecisions(await textOf(config.decisions, config.decisions), config.decisions);
}

/** A token for GitHub's higher limit; the key of an app is none. */
function tokenIn(secrets: ReadonlyMap<string, string>, { trackers }: Config): string | null {
  const name = Object.keys(trackers).find((one) => trackers[one]?.type === 'github');
  const secret = name === undefined ? undefined : secrets.get(name);
  return secret === undefined || secret.startsWith('app:') ? null : secret;
}

/** Nothing listens here. */
const NOWHERE = 'http://127.0.0.1:9';

/** Who tries things against trackers on this machine does not call the public services by that. */
function hostsOf(trackers: readonly TrackerConfig[], publicHosts: Hosts): Hosts {
  const isLocal = trackers.length > 0 && trackers.every(({ baseUrl }) => LOOPBACK.test(new URL(baseUrl).hostname));
  const rootOf = (type: TrackerConfig['type']) => trackers.find((tracker) => tracker.type === type)?.baseUrl;
  const { gerrit, storyboard } = isLocal ? { gerrit: {}, storyboard: {} } : publicHosts;
  return {
    gerrit,
    storyboard,
    github: rootOf('github') ?? (isLocal ? NOWHERE : publicHosts.github),
    launchpad: rootOf('launchpad') ?? (isLocal ? NOWHERE : publicHosts.launchpad),
  };
}

const LOOPBACK = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;
