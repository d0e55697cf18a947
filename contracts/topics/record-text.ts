const PREFIX = 'base64:';

/**
 * A record's bytes as text that every store and topic of ours can keep: as they are where they are UTF-8 without a
 * zero, else in base64 with a prefix.
 */
export function textOfBytes(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  const isPlain = !text.includes('\0') && !isEncoded(text) && Buffer.from(text, 'utf8').equals(bytes);
  return isPlain ? text : `${PREFIX}${bytes.toString('base64')}`;
}

export const isEncoded = (text: string): boolean => text.startsWith(PREFIX);

/** The bytes that `textOfBytes` was given. */
export const bytesOfText = (text: string): Buffer =>
  isEncoded(text) ? Buffer.from(text.slice(PREFIX.length), 'base64') : Buffer.from(text, 'utf8');
