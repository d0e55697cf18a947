/** Redis cannot be reached or did not answer in time; a write may or may not have happened. */
export class RedisUnavailable extends Error {
  override readonly name = 'RedisUnavailable';
}

/** Passes answers on. What the server itself says no to is a bug of ours and stays as it is; all else is an outage. */
export async function answered<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplyError' && !OUTAGE.test(error.message)) throw error;
    throw new RedisUnavailable('Redis cannot be reached or did not answer in time', { cause: error });
  }
}

/** Answers of a server that is starting, failing over, full or a replica. */
const OUTAGE = /^(LOADING|MASTERDOWN|CLUSTERDOWN|READONLY|OOM|TRYAGAIN|BUSY|NOREPLICAS|MISCONF)\b/;
