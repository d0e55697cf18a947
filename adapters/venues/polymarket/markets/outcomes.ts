import type { Outcome } from '../../../../domain/market/instrument';

type Side = {
  /** The end of its instrument's id. */
  readonly suffix: string;
  /** What the venue calls it, unless that is YES or NO. */
  readonly name: string | undefined;
  readonly shown: string;
};

const SUFFIX_MAX = 16;
const NAME_MAX = 80;
/** Ids of crypto end so. */
const RESERVED: readonly string[] = ['USD'];

/**
 * Both outcomes of a market, whatever they are called. `yes` is the first of them and `no` the second. An id ends with
 * the outcome's name in capitals and digits; where those are not to be had, or are the same for both, with its place.
 */
export function sidesOf(outcomes: readonly string[]): Readonly<Record<Outcome['side'], Side>> {
  const [first = '', second = ''] = outcomes.map(shownName);
  const [one, two] = [suffixOf(first), suffixOf(second)];
  const areFit = one !== two && [one, two].every((suffix) => suffix !== '' && !RESERVED.includes(suffix));
  const isPlain = one === 'YES' && two === 'NO';
  const side = (shown: string, suffix: string, place: string): Side => ({
    suffix: areFit ? suffix : place,
    name: isPlain ? undefined : shown || place,
    shown: isPlain ? suffix : shown || place,
  });
  return { yes: side(first, one, 'FIRST'), no: side(second, two, 'SECOND') };
}

/** One line, without what turns the direction of text around or cannot be seen. */
const shownName = (text: string): string =>
  [
    ...text
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  ]
    .slice(0, NAME_MAX)
    .join('');

const suffixOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, SUFFIX_MAX);
