import { MILLION, type Ppm, parseUsd, type Usd } from '../../kernel/money';
import { isZone } from '../../kernel/zones/zone-table';
import type { Bound } from './field';

/** Keeps every sum of an account far inside 64 bits of millionths. */
const STARTING_MAX = parseUsd('100000000') as Usd;

export const ABOVE_ZERO: Bound<bigint | number> = { rule: 'must be above 0', holds: (value) => value > 0 };

export const NOT_NEGATIVE: Bound<number> = { rule: 'must not be negative', holds: (value) => value >= 0 };

export const STARTING_BALANCE: Bound<Usd> = {
  rule: 'must be at most 100000000',
  holds: (amount) => amount <= STARTING_MAX,
};

export const fromOneTo = (most: number): Bound<number> => ({
  rule: `must be from 1 to ${most}`,
  holds: (value) => value > 0 && value <= most,
});

const TOUCH_MS_MAX = 60_000;

export const TOUCH_MS: Bound<number> = {
  rule: `must be from 0 to ${TOUCH_MS_MAX}`,
  holds: (value) => value >= 0 && value <= TOUCH_MS_MAX,
};

export const isShare = (share: Ppm): boolean => share >= 0n && share <= MILLION;

export const SHARE_OF_ALL: Bound<Ppm> = { rule: 'must be from 0 to 1', holds: isShare };

export const isPart = (share: Ppm): boolean => share > 0n && isShare(share);

export const PART: Bound<Ppm> = { rule: 'must be above 0 and at most 1', holds: isPart };

type AnyWidth = { readonly kind: 'usd'; readonly usd: Usd } | { readonly kind: 'share'; readonly share: Ppm };

export const WIDE: Bound<AnyWidth> = {
  rule: 'must be above 0',
  holds: (width) => (width.kind === 'usd' ? width.usd > 0n : width.share > 0n),
};

export const LEVERAGE_MAX = 100;

const isLeverage = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= LEVERAGE_MAX;

export const LEVERAGE: Bound<number> = { rule: `must be a whole number from 1 to ${LEVERAGE_MAX}`, holds: isLeverage };

type AnyLeverages = readonly { readonly instrument: string; readonly leverageMax: number }[];

/** One order alone: the hash of rules must not tell two lists apart that say the same. */
export const LEVERAGES: readonly Bound<AnyLeverages>[] = [
  { rule: 'must name every instrument', holds: (all) => all.every(({ instrument }) => instrument !== '') },
  {
    rule: 'must name each instrument once, in the order of the alphabet',
    holds: (all) => all.every(({ instrument }, at) => at === 0 || instrument > (all[at - 1]?.instrument ?? '')),
  },
  {
    rule: `must have whole numbers from 1 to ${LEVERAGE_MAX}`,
    holds: (all) => all.every(({ leverageMax }) => isLeverage(leverageMax)),
  },
];

/** By a name of the one table that every process cuts days with. Offsets such as +02:00 are none of them. */
export const ZONE: Bound<string> = {
  rule: 'must be an IANA time zone such as Europe/Berlin',
  holds: isZone,
};

export const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;
