import { createHash } from 'node:crypto';

/** What the script can do, and how many values each operation takes besides the item's key. */
export const OPERATIONS = { read: 0, claim: 8, settle: 4, record: 4, doubt: 1, release: 1, forget: 0, log: 1 } as const;
export type Operation = keyof typeof OPERATIONS;

/** The fields that an entry is read from. What a claim and a look need stands by itself; everything else is one text. */
export const FIELDS = [
  'key',
  'target',
  'claim_run',
  'claim_at',
  'claim_uncertain',
  'issue_id',
  'rest',
  'later',
] as const;

/**
 * What must happen at once in Redis. Operations that are asked for at the same moment go there together, in one script: that costs
 * Redis and us a fraction of one call each. All names share one hash tag, so that a cluster keeps a ledger on one node.
 *
 * KEYS[1] is the ledger's base name. ARGV holds the operations one after the other: name, item's key, the values.
 * The answer has one result each; a text that begins with "!" is the error of that operation alone. An empty text is "none".
 */
const TEXT = `
local call = redis.call
local base = KEYS[1]
local ops = {}

-- An event for the journal, of one item or of none.
local function tell(key, event)
  if event == '' then return end
  if key ~= '' then call('RPUSH', base .. ':events:' .. key, event) end
  call('RPUSH', base .. ':events', event)
end

-- Writes the entry as a whole.
local function write(entry, key, old, target, rest, issue)
  -- First what Redis refuses when its memory is short: after a first write it refuses nothing more.
  call('SADD', base .. ':keys', key)
  if old then call('DEL', entry) end
  call('HSET', entry, 'key', key, 'target', target, 'rest', rest)
  if issue ~= '' then call('HSET', entry, 'issue_id', issue) end
  if old and old ~= target then call('SREM', base .. ':target:' .. old, key) end
  if old ~= target then call('SADD', base .. ':target:' .. target, key) end
end

function ops.read(entry)
  return call('HMGET', entry, ${FIELDS.map((field) => `'${field}'`).join(', ')})
end

-- Values: the claim to exchange (run, time, uncertain), a token of this call, target, rest, run, time, uncertain, event.
function ops.claim(entry, key, at)
  local held = call('HMGET', entry, 'token', 'issue_id', 'claim_run', 'claim_at', 'claim_uncertain', 'target')
  local token = ARGV[at + 1]
  -- The same call, sent again because the connection broke before its answer.
  if held[1] == token then return 1 end
  if held[2] then return 0 end
  if held[3] and held[3] .. ' ' .. held[4] .. ' ' .. held[5] ~= ARGV[at] then return 0 end
  write(entry, key, held[6], ARGV[at + 2], ARGV[at + 3], '')
  call('HSET', entry, 'claim_run', ARGV[at + 4], 'claim_at', ARGV[at + 5], 'claim_uncertain', ARGV[at + 6], 'token', token)
  tell(key, ARGV[at + 7])
  return 1
end

-- Records what came of a claim whose entry is as the claim wrote it. Values: the claim's token, issue, later, event.
function ops.settle(entry, key, at)
  if call('HGET', entry, 'token') ~= ARGV[at] then return 0 end
  call('HSET', entry, 'issue_id', ARGV[at + 1], 'later', ARGV[at + 2])
  call('HDEL', entry, 'claim_run', 'claim_at', 'claim_uncertain', 'token')
  tell(key, ARGV[at + 3])
  return 1
end

-- Values: target, rest, issue, event.
function ops.record(entry, key, at)
  write(entry, key, call('HGET', entry, 'target'), ARGV[at], ARGV[at + 1], ARGV[at + 2])
  tell(key, ARGV[at + 3])
  return 1
end

-- Values: the run.
function ops.doubt(entry, key, at)
  if call('HGET', entry, 'claim_run') ~= ARGV[at] then return 0 end
  call('HSET', entry, 'claim_uncertain', '1')
  return 1
end

-- Values: the run.
function ops.release(entry, key, at)
  if call('HGET', entry, 'claim_run') ~= ARGV[at] then return 0 end
  call('HDEL', entry, 'claim_run', 'claim_at', 'claim_uncertain', 'token')
  return 1
end

function ops.forget(entry, key)
  local target = call('HGET', entry, 'target')
  if target then call('SREM', base .. ':target:' .. target, key) end
  call('SREM', base .. ':keys', key)
  return call('DEL', entry)
end

-- Values: the event.
function ops.log(entry, key, at)
  tell(key, ARGV[at])
  return 1
end

local counts = { ${Object.entries(OPERATIONS)
  .map(([name, count]) => `${name} = ${count}`)
  .join(', ')} }
local results = {}
local at = 1
while at <= #ARGV do
  local name, key = ARGV[at], ARGV[at + 1]
  local done, result = pcall(ops[name], base .. ':entry:' .. key, key, at + 2)
  if not done then result = '!' .. (type(result) == 'table' and result.err or tostring(result)) end
  results[#results + 1] = result
  at = at + 2 + counts[name]
end
return results`;

/** The script, and the name under which Redis keeps it once it has seen it. */
export const SCRIPT = { text: TEXT, sha: createHash('sha1').update(TEXT).digest('hex') } as const;
