import { createHash } from 'node:crypto';

/**
 * What must happen at once in Redis. Each gets the entry's key and the ledger's base name as KEYS and the item's key as ARGV[1];
 * all names share one hash tag, so that a cluster keeps a ledger on one node.
 */

/** Writes the entry as a whole: ARGV[from…] are its fields and values. */
const WRITE = `
local function write(from)
  -- First what Redis refuses when its memory is short: after a first write it refuses nothing more.
  redis.call('SADD', KEYS[2] .. ':keys', ARGV[1])
  local old = redis.call('HGET', KEYS[1], 'target')
  if old then redis.call('SREM', KEYS[2] .. ':target:' .. old, ARGV[1]) end
  redis.call('DEL', KEYS[1])
  for at = from, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1]) end
  redis.call('SADD', KEYS[2] .. ':target:' .. redis.call('HGET', KEYS[1], 'target'), ARGV[1])
end`;

/** ARGV: key, the claim to exchange (run, at, uncertain; empty when none), a token of this call, fields and values. */
const CLAIM = `${WRITE}
local held = redis.call('HMGET', KEYS[1], 'token', 'issue_id', 'claim_run', 'claim_at', 'claim_uncertain')
-- The same call, sent again because the connection broke before its answer.
if held[1] == ARGV[5] then return 1 end
if held[2] then return 0 end
if held[3] and not (held[3] == ARGV[2] and held[4] == ARGV[3] and held[5] == ARGV[4]) then return 0 end
write(6)
redis.call('HSET', KEYS[1], 'token', ARGV[5])
return 1`;

/** ARGV: key, fields and values. */
const RECORD = `${WRITE}
write(2)
return 1`;

/** ARGV: key, run. */
const DOUBT = `
if redis.call('HGET', KEYS[1], 'claim_run') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'claim_uncertain', '1')
return 1`;

/** ARGV: key, run. */
const RELEASE = `
if redis.call('HGET', KEYS[1], 'claim_run') ~= ARGV[2] then return 0 end
redis.call('HDEL', KEYS[1], 'claim_run', 'claim_at', 'claim_uncertain', 'token')
return 1`;

/** ARGV: key. */
const FORGET = `
local target = redis.call('HGET', KEYS[1], 'target')
if target then redis.call('SREM', KEYS[2] .. ':target:' .. target, ARGV[1]) end
redis.call('SREM', KEYS[2] .. ':keys', ARGV[1])
return redis.call('DEL', KEYS[1])`;

/** ARGV: key (empty when the event is of none), the event. */
const LOG = `
if ARGV[1] ~= '' then redis.call('RPUSH', KEYS[2] .. ':events:' .. ARGV[1], ARGV[2]) end
return redis.call('RPUSH', KEYS[2] .. ':events', ARGV[2])`;

const TEXTS = { claim: CLAIM, record: RECORD, doubt: DOUBT, release: RELEASE, forget: FORGET, log: LOG } as const;
export type Script = keyof typeof TEXTS;

const shas = new Map<Script, string>();

/** A script and the name under which Redis keeps it once it has seen it. */
export function scriptOf(name: Script): { readonly text: string; readonly sha: string } {
  const text = TEXTS[name];
  const sha = shas.get(name) ?? createHash('sha1').update(text).digest('hex');
  shas.set(name, sha);
  return { text, sha };
}
