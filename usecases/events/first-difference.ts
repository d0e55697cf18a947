/** Where two values of JSON first differ, in words: the path, what the first has there, and what the second has. */
export function firstDifference(first: unknown, second: unknown, path = ''): string | undefined {
  if (!isNested(first) || !isNested(second)) {
    return first === second ? undefined : `${path} is ${shown(first)}, by the events ${shown(second)}`;
  }
  for (const key of new Set([...Object.keys(first), ...Object.keys(second)])) {
    const [a, b] = [first[key], second[key]];
    const found = firstDifference(a, b, `${path}${path && '.'}${nameOf(a, b) ?? key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Nested = Readonly<Record<string, unknown>>;

const isNested = (value: unknown): value is Nested => typeof value === 'object' && value !== null;

const shown = (value: unknown): string => JSON.stringify(value) ?? 'absent';

/** Orders and positions are known by what they are, not by their place in a list. */
function nameOf(a: unknown, b: unknown): string | undefined {
  if (!isNested(a) || !isNested(b)) return undefined;
  const [id, other] = [a, b].map(({ orderId, instrument }) => orderId ?? instrument);
  return typeof id === 'string' && id === other ? id : undefined;
}
