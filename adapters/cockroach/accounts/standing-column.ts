import { STANDING, STANDING_NAMES } from '../../../domain/account/codecs/account-codec';
import { flatStanding, standingOf as standingFrom } from '../../../domain/account/standing/flat-standing';
import type { Standing } from '../../../domain/account/standing/standing';

/**
 * The standing as a JSON array without names, in the order of its codec: every order writes it, and no query looks into
 * it.
 */
export const standingColumn = (standing: Standing): string =>
  JSON.stringify(Object.values(STANDING.encode(flatStanding(standing)) as object));

export function standingOf(column: string): Standing {
  const values: readonly unknown[] = JSON.parse(column);
  // A list has null in the place of what a record leaves out.
  const kept = STANDING_NAMES.map((name, index) => [name, values[index] ?? undefined]);
  return standingFrom(STANDING.decode(Object.fromEntries(kept)));
}
