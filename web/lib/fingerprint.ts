/** SHA-256 of bytes in hex, by the browser's own cryptography; undefined where a page without TLS may not use it. */
export async function sha256Of(bytes: ArrayBuffer, subtle: SubtleCrypto | undefined): Promise<string | undefined> {
  if (!subtle) return undefined;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export type Check = 'checking' | 'same' | 'differs' | 'unknown';

/** `unknown`: one of the two is not there to be compared. */
export const compare = (computed: string | undefined, stored: string | undefined): Check => {
  if (computed === undefined || stored === undefined) return 'unknown';
  return computed === stored ? 'same' : 'differs';
};
