import { scriptOf } from './script';
import { SERVER_NOW } from './server-now';

/** What is traded is counted in parts of so many milliseconds. */
export const PART_MS = 300_000;

/** Without a book for so long an instrument's trades count as not followed. */
export const FOLLOWED_MS = 10 * 60_000;

/*
 * KEYS[1], of everybody: `q <level>` the quantity taken, `a <level>` when it was first and last taken.
 * KEYS[2], of one person: `q <level>` the quantity and when the level was first taken, `t <trade> <order>` the quantity
 * and when, `v <part>` the volume, `rev` the revision.
 */

/** Whether one whole number, as text, is more than another: they may be longer than a float is exact. */
const IS_MORE = `
  local function isMore(a, b)
    if #a ~= #b then return #a > #b end
    return a > b
  end`;

/** Sets \`at\`, and \`volume\`, \`keptMs\` and \`count\` of the ARGV from there on; levels and trades follow. */
const READ = (from: number) => `
  local at = string.format('%.0f', now)
  local part = 'v ' .. string.format('%.0f', math.floor(now / ${PART_MS}))
  local volume, keptMs, count = ARGV[${from}], ARGV[${from + 1}], tonumber(ARGV[${from + 2}])
  local first, trades = ${from + 3}, ${from + 3} + 3 * count`;

/** What is of levels that are gone, or of an hour that is past, leaves a person's hash once it has grown. */
const PRUNE_OWN = `
  if redis.call('HLEN', KEYS[2]) > 64 then
    for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do
      local kind = string.sub(field, 1, 2)
      if kind == 'q ' then
        if redis.call('HEXISTS', KEYS[1], field) == 0 then redis.call('HDEL', KEYS[2], field) end
      elseif kind == 'v ' then
        if tonumber(string.sub(field, 3)) < now / ${PART_MS} - 13 then redis.call('HDEL', KEYS[2], field) end
      elseif kind == 't ' then
        local taken = string.match(redis.call('HGET', KEYS[2], field), ' (%d+)$')
        if taken and tonumber(taken) < now - 7200000 then redis.call('HDEL', KEYS[2], field) end
      end
    end
  end`;

/** Adds \`by\` to a person's part of a level whose first taking was at \`began\`. */
const ADD_OWN = `
  local function addOwn(key, by, began)
    local had = redis.call('HGET', KEYS[2], 'q ' .. key)
    local was, of = string.match(had or '', '^(-?%d+) (%d+)$')
    redis.call('HSET', KEYS[2], 'sum', of == began and was or '0')
    redis.call('HINCRBY', KEYS[2], 'sum', by)
    redis.call('HSET', KEYS[2], 'q ' .. key, redis.call('HGET', KEYS[2], 'sum') .. ' ' .. began)
    redis.call('HDEL', KEYS[2], 'sum')
  end`;

/** ARGV[1] the revision that was decided on. 1: all of it is reserved; 0: nothing is. */
export const RESERVE = scriptOf(`${SERVER_NOW}${IS_MORE}${READ(2)}${ADD_OWN}
  if (redis.call('HGET', KEYS[2], 'rev') or '0') ~= ARGV[1] then return 0 end
  local isOver = false
  for n = 0, count - 1 do
    local key, qty, max = ARGV[first + 3 * n], ARGV[first + 3 * n + 1], ARGV[first + 3 * n + 2]
    redis.call('HINCRBY', KEYS[1], 'q ' .. key, qty)
    if max ~= '' and isMore(redis.call('HGET', KEYS[1], 'q ' .. key), max) then isOver = true end
  end
  if isOver then
    for n = 0, count - 1 do
      local key = 'q ' .. ARGV[first + 3 * n]
      redis.call('HINCRBY', KEYS[1], key, '-' .. ARGV[first + 3 * n + 1])
      if redis.call('HGET', KEYS[1], key) == '0' then redis.call('HDEL', KEYS[1], key, 'a ' .. string.sub(key, 3)) end
    end
    return 0
  end
  for n = 0, count - 1 do
    local key = ARGV[first + 3 * n]
    local age = redis.call('HGET', KEYS[1], 'a ' .. key)
    local began = age and string.match(age, '^(%d+)') or at
    redis.call('HSET', KEYS[1], 'a ' .. key, began .. ' ' .. at)
    addOwn(key, ARGV[first + 3 * n + 1], began)
  end
  for n = trades, #ARGV, 2 do redis.call('HSET', KEYS[2], 't ' .. ARGV[n], ARGV[n + 1] .. ' ' .. at) end
  if volume ~= '0' then redis.call('HINCRBY', KEYS[2], part, volume) end
  redis.call('HINCRBY', KEYS[2], 'rev', 1)${PRUNE_OWN}
  redis.call('PEXPIRE', KEYS[1], keptMs)
  redis.call('PEXPIRE', KEYS[2], keptMs)
  return 1`);

/** Takes back what \`RESERVE\` of the same arguments did. */
export const GIVE_BACK = scriptOf(`${SERVER_NOW}${READ(1)}${ADD_OWN}
  for n = 0, count - 1 do
    local key, qty = ARGV[first + 3 * n], ARGV[first + 3 * n + 1]
    local age = redis.call('HGET', KEYS[1], 'a ' .. key)
    if age then
      redis.call('HINCRBY', KEYS[1], 'q ' .. key, '-' .. qty)
      addOwn(key, '-' .. qty, string.match(age, '^(%d+)'))
    end
  end
  for n = trades, #ARGV, 2 do redis.call('HDEL', KEYS[2], 't ' .. ARGV[n]) end
  if volume ~= '0' then redis.call('HINCRBY', KEYS[2], part, '-' .. volume) end
  redis.call('HINCRBY', KEYS[2], 'rev', 1)
  redis.call('PEXPIRE', KEYS[2], keptMs)`);

/** KEYS[1], ARGV[1] milliseconds, ARGV[2…] levels: those last taken at least so long ago are forgotten. */
export const FORGET = scriptOf(`${SERVER_NOW}
  for n = 2, #ARGV do
    local last = string.match(redis.call('HGET', KEYS[1], 'a ' .. ARGV[n]) or '', ' (%d+)$')
    if not last or now - tonumber(last) >= tonumber(ARGV[1]) then
      redis.call('HDEL', KEYS[1], 'q ' .. ARGV[n], 'a ' .. ARGV[n])
    end
  end`);

/** ARGV[1] milliseconds, ARGV[2…] level, quantity and time, oldest first. A person who is known already is left. */
export const RESTORE = scriptOf(`${SERVER_NOW}${ADD_OWN}
  if redis.call('EXISTS', KEYS[2]) == 1 then return end
  for n = 2, #ARGV, 3 do
    local key, qty, at = ARGV[n], ARGV[n + 1], ARGV[n + 2]
    local age = redis.call('HGET', KEYS[1], 'a ' .. key)
    local began, last = string.match(age or '', '^(%d+) (%d+)$')
    if not last or tonumber(last) < tonumber(at) then last = at end
    redis.call('HINCRBY', KEYS[1], 'q ' .. key, qty)
    redis.call('HSET', KEYS[1], 'a ' .. key, (began or at) .. ' ' .. last)
    addOwn(key, qty, began or at)
    redis.call('HINCRBY', KEYS[2], 'v ' .. string.format('%.0f', math.floor(tonumber(at) / ${PART_MS})), qty)
  end
  redis.call('HINCRBY', KEYS[2], 'rev', 1)
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  redis.call('PEXPIRE', KEYS[2], ARGV[1])`);

/**
 * KEYS[1] whether what is taken is known; then of each instrument its levels, what was traded and since when. Answers
 * with the first, and an array for each instrument.
 */
export const READ_LEVELS = scriptOf(`
  local found = { redis.call('GET', KEYS[1]) }
  for n = 2, #KEYS, 3 do
    found[#found + 1] = {
      redis.call('HGETALL', KEYS[n]),
      redis.call('HGETALL', KEYS[n + 1]),
      redis.call('GET', KEYS[n + 2]),
    }
  end
  return found`);

/** KEYS[1] since when, ARGV[1] for how long that holds without a word. */
export const FOLLOW = scriptOf(`${SERVER_NOW}
  redis.call('SET', KEYS[1], string.format('%.0f', now), 'NX')
  redis.call('PEXPIRE', KEYS[1], ARGV[1])`);

/** KEYS[1] the parts, ARGV[1] quantity, ARGV[2] parts kept, ARGV[3] milliseconds. */
export const TRADED = scriptOf(`${SERVER_NOW}
  local part = math.floor(now / ${PART_MS})
  redis.call('HINCRBY', KEYS[1], string.format('%.0f', part), ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  if redis.call('HLEN', KEYS[1]) > ARGV[2] + 1 then
    for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
      if tonumber(field) < part - ARGV[2] then redis.call('HDEL', KEYS[1], field) end
    end
  end`);
