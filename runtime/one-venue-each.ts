import type { InstrumentId } from '../domain/kernel/ids';

/**
 * One book of an instrument is kept and judged by: a second venue of it would take its place with every change. Throws
 * by name, so that a configuration that would do it never starts.
 */
export function assertOneVenueEach(followed: readonly InstrumentId[]): void {
  const twice = followed.filter((id, at) => followed.indexOf(id) !== at);
  if (twice.length > 0) throw new Error(`${twice.join(', ')}: followed at two venues, and one instrument has one book`);
}
