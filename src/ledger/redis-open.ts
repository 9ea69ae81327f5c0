import type { Cluster, Redis } from 'ioredis';
import { LedgerError, messageOf } from '../errors.ts';

/** A connection to one Redis or Valkey, or to a cluster of them. */
export type Connection = Redis | Cluster;

/** How to deal with a Redis that is slow or away. */
export interface RedisPatience {
  /** How long a Redis that is not there is waited for at the start. */
  readonly startMs?: number;
  /** How often a command is tried again, about once a second, when Redis goes away in the middle; null: without end. */
  readonly retries?: number | null;
}

/** A Redis address without its password, for people to read. */
export function placeOf(url: string): string {
  const { protocol, host, pathname, hash } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}${hash}`;
}

/** The name that stands behind the # of an address: several teams may share one Redis, each under a name of its own. */
export function nameIn(url: string): string {
  const name = decodeURIComponent(new URL(checkedUrl(url)).hash.slice(1)) || 'default';
  if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) return name;
  throw new LedgerError(`The name "${name}" in the address of Redis is not one`, {
    hint: 'Behind the # write a-z, 0-9 and -, such as redis://host:6379#team-a.',
  });
}

/**
 * Connects to Redis or Valkey, to a cluster where the address ends with `?cluster`. A lost connection comes back by itself;
 * commands wait for it as long as `patience` says.
 */
export async function connectRedis(url: string, patience: RedisPatience = {}): Promise<Connection> {
  const place = placeOf(checkedUrl(url));
  const redis = await clientFor(url.replace(/#.*$/, ''), patience.retries === undefined ? 30 : patience.retries);
  try {
    await ready(redis, patience.startMs ?? 3_000);
  } catch (error) {
    redis.disconnect();
    throw explainRedis(place, error);
  }
  // A connection that breaks is told by the command that could not do without it.
  redis.on('error', () => {});
  return redis;
}

async function clientFor(url: string, maxRetriesPerRequest: number | null): Promise<Connection> {
  const { Cluster, Redis } = await import('ioredis');
  const again = (times: number): number => Math.min(50 * 2 ** Math.min(times, 10), 1_000);
  const { protocol, hostname: host, port, username, password, searchParams } = new URL(url);
  if (!searchParams.has('cluster'))
    return new Redis(url, { lazyConnect: true, maxRetriesPerRequest, retryStrategy: again });
  return new Cluster([{ host, port: Number(port || 6379) }], {
    lazyConnect: true,
    clusterRetryStrategy: again,
    redisOptions: {
      maxRetriesPerRequest,
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' ? { tls: {} } : {}),
    },
  });
}

/** Resolves when it is ready; rejects at once when Redis answers with a refusal, and after that time when nothing answers. */
function ready(redis: Connection, patienceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let last: unknown = new Error('no answer');
    const timer = setTimeout(() => reject(last), patienceMs);
    redis.on('error', (error: unknown) => {
      // Of a cluster, what the last of its nodes said.
      last = (error as { readonly lastNodeError?: unknown }).lastNodeError ?? error;
      if (last instanceof Error && last.name === 'ReplyError') settle(() => reject(last));
    });
    redis.once('ready', () => settle(resolve));
    redis.connect().catch(() => {});
    function settle(how: () => void): void {
      clearTimeout(timer);
      // An error of the hello arrives before, or right after, "ready".
      setImmediate(how);
    }
  });
}

/** What of Redis's settings could lose work, a sentence each; nothing where it does not let us look. */
export async function settingsTrouble(redis: Connection): Promise<readonly string[]> {
  const settings = await settingsOf(redis);
  const policy = settings.get('maxmemory-policy') ?? 'noeviction';
  const trouble = [];
  if (policy !== 'noeviction')
    trouble.push(`maxmemory-policy is ${policy}: entries and jobs may be evicted; set it to noeviction`);
  if (settings.get('appendonly') === 'no')
    trouble.push('appendonly is no: a restart forgets claims and jobs; set it to yes');
  else if ((settings.get('appendfsync') ?? 'always') !== 'always')
    trouble.push(
      `appendfsync is ${settings.get('appendfsync')}: a power failure may lose the last second; set it to always`,
    );
  return trouble;
}

async function settingsOf(redis: Connection): Promise<ReadonlyMap<string, string>> {
  // Managed services refuse CONFIG; they show their settings elsewhere.
  const names = ['maxmemory-policy', 'appendonly', 'appendfsync'];
  const pairs = await Promise.all(names.map((name) => redis.config('GET', name).catch(() => [])));
  return new Map(pairs.map((pair) => (Array.isArray(pair) ? [String(pair[0]), String(pair[1])] : ['', ''])));
}

function checkedUrl(url: string): string {
  if (URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol)) return url;
  throw new LedgerError('The address of Redis is not one', {
    hint: 'Write redis://host:6379 or rediss://user:password@host:6380/0 in the environment variable.',
  });
}

/** Redis's words, by the front of its messages, in ours. */
const TROUBLE: readonly (readonly [front: RegExp, what: string, hint: string])[] = [
  [
    /^(WRONGPASS|NOAUTH)/,
    'refused the password',
    'Put user and password into the address: redis://user:password@host.',
  ],
  [/^NOPERM/, 'does not let this user do what is needed', 'Allow the user +@all on the keys ~{ptg:*.'],
  [/^OOM/, 'is out of memory', 'Raise maxmemory, keep maxmemory-policy noeviction; work goes on by itself then.'],
  [/^READONLY/, 'is a read-only replica', 'Give the address of the primary.'],
  [/^MISCONF/, 'cannot save to its disk', "Make room on Redis's disk; work goes on by itself then."],
  [/^(LOADING|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN)/, 'is not ready', 'Wait a moment and run again.'],
  [/^ERR DB index/, 'does not have that database number', 'Check the number behind the last / of the address.'],
  [/^MOVED/, 'is one node of a cluster', 'Put ?cluster behind its address: redis://host:6379?cluster.'],
  [/^ERR This instance has cluster support/, 'is no cluster', 'Take ?cluster out of its address.'],
  [/^ERR/, 'refused a command', 'Redis 6.2 or newer, or Valkey, is needed.'],
];

const AWAY =
  'Start it (docker compose up -d redis), or check its address; nothing is lost, what was begun is settled later.';

/** An error of Redis or of the way to it as a `LedgerError`; anything else comes back as it was. */
export function explainRedis(place: string, error: unknown): unknown {
  if (error instanceof LedgerError || !(error instanceof Error)) return error;
  const message = messageOf(error);
  const known = TROUBLE.find(([front]) => front.test(message));
  if (known !== undefined)
    return new LedgerError(`Redis at ${place} ${known[1]} (${message})`, { hint: known[2], cause: error });
  const lost =
    error.name === 'MaxRetriesPerRequestError' || 'syscall' in error || /closed|timed? ?out|no answer/i.test(message);
  return lost
    ? new LedgerError(`Redis at ${place} cannot be reached (${message})`, { hint: AWAY, cause: error })
    : error;
}
