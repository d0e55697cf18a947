import { portion, type Usd } from '../../domain/kernel/money';
import type { Reply } from './contract';
import { countText, dateTime, dollars, roundDollars, roundDollarsText } from './display';
import { readPpm, readUsd, typedDecimal } from './read-decimal';

export type Payouts = Reply<'GET /assessments/{assessmentId}/payouts'>;
export type Offer = NonNullable<Payouts['offer']>;
export type Growth = NonNullable<Payouts['growth']>;

/** What a payout waits for, one sentence each; nothing where it may be taken. */
export const waitsOf = ({ gates, opensAt }: Offer): readonly string[] =>
  gates.filter(({ isMet }) => !isMet).map((gate) => waitText(gate, opensAt));

function waitText({ gate, have, need }: Offer['gates'][number], opensAt: number): string {
  const [has, needs] = [BigInt(have), BigInt(need)];
  switch (gate) {
    case 'days_since_start':
    case 'days_since_payout':
      return `The next payout may be taken from ${dateTime(opensAt)} on.`;
    case 'days_won':
      return `${have} of ${need} days are won since the last payout.`;
    case 'profit_usd':
      return `The profit is ${roundDollars(has)} of the ${roundDollars(needs)} that a payout needs.`;
    case 'profit_over_best_day_usd':
      return `The best day is too large a part of the profit: it takes a profit of ${roundDollars(needs)}, and there are ${roundDollars(has)}.`;
    case 'trader_usd':
      return needs <= 1n
        ? 'There is no profit that could be paid.'
        : `Your part would be ${dollars(has)}, and the least that is paid is ${dollars(needs)}.`;
    case 'open_positions':
      return `${countText(Number(has), 'position')} to be closed first.`;
    case 'working_orders':
      return `${countText(Number(has), 'order')} to be cancelled first.`;
    case 'touched_limits':
      return 'A limit is touched: what becomes of it comes first.';
    case 'holds':
      return 'The payment is disputed or went back.';
  }
}

/** What is missing before the capital grows, and to what; undefined where it has reached its most. */
export function growthText({ capitalUsd, nextUsd, gates }: Growth): string | undefined {
  if (readUsd(nextUsd) <= readUsd(capitalUsd)) return undefined;
  const missing = gates.filter(({ isMet }) => !isMet).map(missingText);
  const when = missing.length === 0 ? 'when the next trading day begins' : `once there are ${missing.join(', ')}`;
  return `The account grows to ${roundDollarsText(nextUsd)} ${when}.`;
}

function missingText({ gate, have, need }: Growth['gates'][number]): string {
  switch (gate) {
    case 'days_since_growth':
      return `${have} of ${need} days`;
    case 'payouts_since_growth':
      return `${have} of ${need} payouts`;
    case 'profit_since_growth_usd':
      return `${roundDollars(BigInt(have))} of ${roundDollars(BigInt(need))} profit`;
  }
}

/** An amount as it was typed, and the trader's part of it; undefined where it is none. */
export function partOf({ split }: Pick<Offer, 'split'>, typed: string) {
  const amountUsd = typedDecimal(typed, 6);
  if (amountUsd === undefined || amountUsd <= 0n) return undefined;
  return { amountUsd, traderUsd: portion(amountUsd as Usd, readPpm(split), 'floor') };
}

/** What follows from taking so much, asked before it is done. */
export function askText(offer: Pick<Offer, 'split' | 'safeUsd'>, typed: string): readonly string[] {
  const part = partOf(offer, typed);
  if (!part) return [];
  const { amountUsd, traderUsd } = part;
  const leaves = `${dollars(amountUsd)} leaves the account for good: ${dollars(traderUsd)} is yours, the rest is the firm’s.`;
  if (amountUsd <= readUsd(offer.safeUsd)) return [leaves];
  return [
    leaves,
    `With more than ${roundDollarsText(offer.safeUsd)} taken less than the whole width of the maximum loss is left.`,
  ];
}
