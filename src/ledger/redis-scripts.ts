import { createHash } from 'node:crypto';

/**
 * What must happen at once in Redis. Operations that are asked for at the same moment go there together, in one script: that costs
 * Redis and us a fraction of one call each. All names share one hash tag, so that a cluster keeps a ledger on one node.
 *
 * KEYS[1] is the ledger's base name. ARGV holds the operations one after the other: name, item's key, how many values, the values.
 * The answer has one result each; a text that begins with "!" is the error of that operation alone.
 */
const TEXT = `
local base = KEYS[1]
local ops = {}

-- Writes the entry as a whole from fields and values.
local function write(entry, key, values, from)
  -- First what Redis refuses when its memory is short: after a first write it refuses nothing more.
  redis.call('SADD', base .. ':keys', key)
  local old = redis.call('HGET', entry, 'target')
  redis.call('DEL', entry)
  redis.call('HSET', entry, unpack(values, from))
  local target = redis.call('HGET', entry, 'target')
  if old and old ~= target then redis.call('SREM', base .. ':target:' .. old, key) end
  if old ~= target then redis.call('SADD', base .. ':target:' .. target, key) end
end

-- Values: the claim to exchange (run, at, uncertain; empty when none), a token of this call, fields and values.
function ops.claim(entry, key, values)
  local held = redis.call('HMGET', entry, 'token', 'issue_id', 'claim_run', 'claim_at', 'claim_uncertain')
  -- The same call, sent again because the connection broke before its answer.
  if held[1] == values[4] then return 1 end
  if held[2] then return 0 end
  if held[3] and not (held[3] == values[1] and held[4] == values[2] and held[5] == values[3]) then return 0 end
  write(entry, key, values, 5)
  redis.call('HSET', entry, 'token', values[4])
  return 1
end

-- Values: fields and values.
function ops.record(entry, key, values)
  write(entry, key, values, 1)
  return 1
end

-- Values: the run.
function ops.doubt(entry, key, values)
  if redis.call('HGET', entry, 'claim_run') ~= values[1] then return 0 end
  redis.call('HSET', entry, 'claim_uncertain', '1')
  return 1
end

-- Values: the run.
function ops.release(entry, key, values)
  if redis.call('HGET', entry, 'claim_run') ~= values[1] then return 0 end
  redis.call('HDEL', entry, 'claim_run', 'claim_at', 'claim_uncertain', 'token')
  return 1
end

function ops.forget(entry, key)
  local target = redis.call('HGET', entry, 'target')
  if target then redis.call('SREM', base .. ':target:' .. target, key) end
  redis.call('SREM', base .. ':keys', key)
  return redis.call('DEL', entry)
end

-- Values: the event. The key is empty when it is of none.
function ops.log(entry, key, values)
  if key ~= '' then redis.call('RPUSH', base .. ':events:' .. key, values[1]) end
  return redis.call('RPUSH', base .. ':events', values[1])
end

local results = {}
local at = 1
while at <= #ARGV do
  local name, key, count = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
  local values = { unpack(ARGV, at + 3, at + 2 + count) }
  local done, result = pcall(ops[name], base .. ':entry:' .. key, key, values)
  if not done then result = '!' .. (type(result) == 'table' and result.err or tostring(result)) end
  results[#results + 1] = result
  at = at + 3 + count
end
return results`;

/** The script, and the name under which Redis keeps it once it has seen it. */
export const SCRIPT = { text: TEXT, sha: createHash('sha1').update(TEXT).digest('hex') } as const;

/** What the script can do. */
export type Operation = 'claim' | 'record' | 'doubt' | 'release' | 'forget' | 'log';
