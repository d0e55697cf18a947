import { MILLION, type Ppm, parseUsd, type Qty, type Usd } from '../../kernel/money';
import { isZone } from '../../kernel/zones/zone-table';
import type { Bound } from './field';

/** Keeps every sum of an account far inside 64 bits of millionths. */
const STARTING_MAX = parseUsd('100000000') as Usd;

export const ABOVE_ZERO: Bound<bigint | number> = { rule: 'must be above 0', holds: (value) => value > 0 };

export const NOT_NEGATIVE: Bound<bigint | number> = { rule: 'must not be negative', holds: (value) => value >= 0 };

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

export const [LEVERAGE_MIN, LEVERAGE_MAX] = [0.1, 100] as const;
const TENTH = MILLION / 10n;

const isLeverage = (times: Ppm): boolean => times >= TENTH && times <= BigInt(LEVERAGE_MAX) * MILLION;

export const LEVERAGE: Bound<Ppm> = { rule: `must be from ${LEVERAGE_MIN} to ${LEVERAGE_MAX}`, holds: isLeverage };

type AnyLeverages = readonly { readonly instrument: string; readonly leverageMax: Ppm }[];

/** One order alone: the hash of rules must not tell two lists apart that say the same. */
export const LEVERAGES: readonly Bound<AnyLeverages>[] = [
  { rule: 'must name every instrument', holds: (all) => all.every(({ instrument }) => instrument !== '') },
  {
    rule: 'must name each instrument once, in the order of the alphabet',
    holds: (all) => all.every(({ instrument }, at) => at === 0 || instrument > (all[at - 1]?.instrument ?? '')),
  },
  {
    rule: `must have numbers from ${LEVERAGE_MIN} to ${LEVERAGE_MAX}`,
    holds: (all) => all.every(({ leverageMax }) => isLeverage(leverageMax)),
  },
];

const SPANS = ['day', 'week', 'month', 'total'];

type AnyLayers = readonly {
  readonly span: string;
  readonly anchor: string;
  readonly severity: string;
  readonly weekBegins: string;
}[];

export const LAYERS: readonly Bound<AnyLayers>[] = [
  {
    rule: 'must be one of each span, in the order day, week, month, total',
    holds: (all) => all.every(({ span }, at) => SPANS.indexOf(span) > SPANS.indexOf(all[at - 1]?.span ?? '')),
  },
  {
    rule: 'must count from the starting balance and fail, or as the maximum loss, where it is of the whole account',
    holds: (all) =>
      all.every(({ span, anchor, severity }) => {
        if (span !== 'total') return true;
        return anchor === 'same' || (anchor === 'initial' && severity === 'fail');
      }),
  },
  {
    rule: 'must not count as another rule where it is of a week or a month',
    holds: (all) => all.every(({ span, anchor }) => anchor !== 'same' || span === 'day' || span === 'total'),
  },
  {
    rule: 'must have the weekday monday where it is not of a week',
    holds: (all) => all.every(({ span, weekBegins }) => span === 'week' || weekBegins === 'monday'),
  },
];

type AnySize = { readonly kind: 'units'; readonly units: Qty } | { readonly kind: 'usd'; readonly usd: Usd };

export const LARGE: Bound<AnySize> = {
  rule: 'must be above 0',
  holds: (size) => (size.kind === 'units' ? size.units > 0n : size.usd > 0n),
};

type AnySteps = readonly { readonly instrument: string | null; readonly fromBalanceUsd: Usd }[];

/** By instrument, that of all others first; of each the lowest balance first. */
export const STEPS: readonly Bound<AnySteps>[] = [
  { rule: 'must name an instrument, or none', holds: (all) => all.every(({ instrument }) => instrument !== '') },
  {
    rule: 'must have balances from 0 on',
    holds: (all) => all.every(({ fromBalanceUsd }) => fromBalanceUsd >= 0n),
  },
  {
    rule: 'must be in the order of the alphabet, those without a name first, and of their balances',
    holds: (all) =>
      all.every((step, at) => {
        const before = all[at - 1];
        if (!before) return true;
        const [name, last] = [step.instrument ?? '', before.instrument ?? ''];
        return name === last ? step.fromBalanceUsd > before.fromBalanceUsd : name > last;
      }),
  },
];

/** By a name of the one table that every process cuts days with. Offsets such as +02:00 are none of them. */
export const ZONE: Bound<string> = {
  rule: 'must be an IANA time zone such as Europe/Berlin',
  holds: isZone,
};

export const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;
