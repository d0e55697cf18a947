/** Lua that sets `now` to the server's milliseconds: the clocks of those who ask need not agree. */
export const SERVER_NOW = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)`;
