import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { readSecret } from '../adapters/secrets/secret';
import { ORIGIN_SECRET_HEADER, VIEWER_ADDRESS_HEADER } from '../contracts/http/edge';
import { readConfig } from './config';
import { renewed } from './renewed';
import { edgeSecret } from './secret-schemas';

const KEEP_MS = 60_000;

const edgeWords = renewed(KEEP_MS, async () => {
  const { EDGE_SECRET } = readConfig('EDGE_SECRET');
  const { current, previous } = await readSecret(EDGE_SECRET, edgeSecret());
  return [current, ...(previous === undefined ? [] : [previous])].map(digestOf);
});

/**
 * Who sent a request: the address that the edge saw, in the form in which limits count it. Undefined when the request
 * did not come by way of the edge, whatever it claims. `header` answers with a header by its name in lower case.
 */
export async function viewerOf(header: (name: string) => string | null | undefined): Promise<string | undefined> {
  const given = digestOf(header(ORIGIN_SECRET_HEADER) ?? '');
  // Both are always compared, each in constant time: the answer's delay tells nothing.
  const isEdge = (await edgeWords()).map((known) => timingSafeEqual(known, given)).includes(true);
  const address = header(VIEWER_ADDRESS_HEADER);
  return isEdge && address ? countedAddress(address) : undefined;
}

/**
 * An address as limits count it: IPv4 as it is, also when it is written as IPv6; of IPv6 the first 64 bits, because a
 * household has all addresses that begin so.
 */
export function countedAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIP(address) === 6 ? networkOf(address) : address;
}

/** `2001:db8::1` → `2001:db8:0:0::/64`. */
function networkOf(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const groups = tail === undefined ? before : [...before, ...zeros, ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
