import type { Redis } from 'ioredis';
import { answered } from './redis-errors';

/**
 * Hears what is published on the channels of a pattern, until the answer is called. A connection that subscribes can do
 * nothing else, so it is one of its own; it subscribes again when it comes back. What was published meanwhile is lost.
 */
export async function listen(
  redis: Redis,
  pattern: string,
  onText: (text: string) => void,
): Promise<() => Promise<void>> {
  const listener = redis.duplicate();
  listener.on('error', () => undefined);
  listener.on('pmessage', (_pattern: string, _channel: string, text: string) => onText(text));
  try {
    await answered(listener.psubscribe(pattern));
  } catch (error) {
    listener.disconnect();
    throw error;
  }
  return async () => {
    // What is under way when the connection closes is still handed over.
    listener.removeAllListeners('pmessage');
    listener.disconnect();
  };
}
