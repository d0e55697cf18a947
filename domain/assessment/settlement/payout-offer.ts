import { type Account, balanceOf } from '../../account/account';
import { resultSincePayout } from '../../account/day-result';
import { DAY_MS, daysSince, type Instant, plusMs } from '../../kernel/instant';
import {
  divide,
  largerUsd,
  MILLION,
  type Ppm,
  portion,
  smallerUsd,
  subUsd,
  type Usd,
  usd,
  ZERO_USD,
} from '../../kernel/money';
import { countedProfit } from '../judging/consistency';
import { fails, isBroken, roomsOf } from '../rules/limits';
import type { PayoutRules } from '../rules/payout-rules';
import type { RuleSet } from '../rules/rule-set';
import { rulesInForce } from '../rules/rules-in-force';
import { afterPayout, payoutUsd, safePayoutUsd } from './payout';

/** What a payout waits for, met or not; `have` of `need`, in the unit that its name says. */
export type PayoutGate = {
  readonly gate:
    | 'days_since_start'
    | 'days_since_payout'
    | 'days_won'
    | 'profit_usd'
    /** The profit since the last payout of which its best day, today as well, is a small enough part. */
    | 'profit_over_best_day_usd'
    | 'trader_usd'
    /** From here on at most as many as are needed. */
    | 'open_positions'
    | 'working_orders'
    | 'touched_limits'
    | 'holds';
  readonly have: bigint;
  readonly need: bigint;
  readonly isMet: boolean;
};

export type PayoutOffer = {
  /** The most that may leave the account by one payout: `traderUsd` is rounded down, the firm has the rest of it. */
  readonly amountUsd: Usd;
  readonly traderUsd: Usd;
  readonly firmUsd: Usd;
  /** The trader's part of any amount. */
  readonly split: Ppm;
  /** The part of `amountUsd` that leaves the account its whole width above the floor of the maximum loss. */
  readonly safeUsd: Usd;
  readonly gates: readonly PayoutGate[];
  /** Every gate is met. */
  readonly isOpen: boolean;
  /** When the days that the schedule asks for are over. */
  readonly opensAt: Instant;
};

/** What an account is worth at least: an open loss is not paid out. */
export type Worth = { readonly equityUsd: Usd };

/** What could be taken now, and what is missing before it may be; undefined where nothing is paid out. */
export function payoutOffer(
  pinned: RuleSet,
  account: Account,
  { equityUsd }: Worth,
  at: Instant,
): PayoutOffer | undefined {
  const rules = rulesInForce(pinned, account);
  const { payout } = rules;
  if (!payout) return undefined;
  const worthUsd = smallerUsd(balanceOf(account), equityUsd);
  const profitUsd = countedProfit(rules, account, worthUsd);
  const amountUsd = mostOf(rules, payout, account, { equityUsd, profitUsd });
  const traderUsd = payoutUsd(amountUsd, payout.split, ZERO_USD);
  const gates = gatesOf(rules, payout, account, { profitUsd, traderUsd, at });
  return {
    amountUsd,
    traderUsd,
    firmUsd: subUsd(amountUsd, traderUsd),
    split: payout.split,
    safeUsd: smallerUsd(amountUsd, safePayoutUsd(rules, account)),
    gates,
    isOpen: gates.every(({ isMet }) => isMet),
    opensAt: opensAt(payout, account),
  };
}

const opensAt = ({ firstAfterDays, everyDays }: PayoutRules, { standing }: Account): Instant =>
  standing.payouts.last === null
    ? plusMs(standing.startedAt, firstAfterDays * DAY_MS)
    : plusMs(standing.payouts.last.at, everyDays * DAY_MS);

type Profit = Worth & { readonly profitUsd: Usd };

/** The smallest of what the rules let go, and of what the account survives. A part of the profit is rounded down. */
function mostOf(
  rules: RuleSet,
  { shareOfProfitMax, bufferUsd, maxUsd }: PayoutRules,
  account: Account,
  { equityUsd, profitUsd }: Profit,
): Usd {
  const aboveBuffer = subUsd(profitUsd, bufferUsd);
  const part = shareOfProfitMax === null ? aboveBuffer : portion(profitUsd, shareOfProfitMax, 'floor');
  const allowed = smallerUsd(smallerUsd(aboveBuffer, part), maxUsd ?? aboveBuffer);
  if (allowed <= 0n || survives(rules, account, { equityUsd }, allowed)) return largerUsd(allowed, ZERO_USD);
  let [kept, lost]: [bigint, bigint] = [0n, allowed];
  while (lost - kept > 1n) {
    const middle = (kept + lost) / 2n;
    if (survives(rules, account, { equityUsd }, usd(middle))) kept = middle;
    else lost = middle;
  }
  return usd(kept);
}

/** Whether this payout would not itself break a limit that ends the account. What one trade has lost stays as it is. */
export function survives(rules: RuleSet, account: Account, { equityUsd }: Worth, amountUsd: Usd): boolean {
  const rooms = roomsOf(rules, afterPayout(rules, account, amountUsd), subUsd(equityUsd, amountUsd), new Map());
  return rooms.every((room) => room.rule === 'risk_per_trade' || !fails(rules, room.rule) || !isBroken(rules, room));
}

type Asked = { readonly profitUsd: Usd; readonly traderUsd: Usd; readonly at: Instant };

function gatesOf(
  rules: RuleSet,
  payout: PayoutRules,
  account: Account,
  { profitUsd, traderUsd, at }: Asked,
): readonly PayoutGate[] {
  const { firstAfterDays, everyDays, winningDays, consistencyMax, requiresFlat, minUsd, profitMinUsd } = payout;
  const { standing, positions, orders } = account;
  const { last, daysWon } = standing.payouts;
  const gates: PayoutGate[] = [];
  if (last === null) gates.push(atLeast('days_since_start', daysSince(standing.startedAt, at), BigInt(firstAfterDays)));
  else gates.push(atLeast('days_since_payout', daysSince(last.at, at), BigInt(everyDays)));
  if (winningDays) gates.push(atLeast('days_won', BigInt(daysWon), BigInt(winningDays.min)));
  if (profitMinUsd !== null) gates.push(atLeast('profit_usd', profitUsd, profitMinUsd));
  if (consistencyMax !== null) gates.push(bestDayGate(rules, account, consistencyMax));
  gates.push(atLeast('trader_usd', traderUsd, minUsd ?? 1n));
  if (requiresFlat)
    gates.push(atMost('open_positions', positions.length, 0), atMost('working_orders', orders.length, 0));
  gates.push(atMost('touched_limits', Object.keys(standing.touched).length, 0));
  gates.push(atMost('holds', standing.holds.now === null ? 0 : 1, 0));
  return gates;
}

/** In dollars of profit, rounded up, so that it says how much is missing. */
function bestDayGate(rules: RuleSet, account: Account, shareMax: Ppm): PayoutGate {
  const { payouts, trades } = account.standing;
  const balanceUsd = balanceOf(account);
  const bestUsd = largerUsd(payouts.bestUsd, resultSincePayout(account, balanceUsd));
  const profitUsd = subUsd(subUsd(balanceUsd, trades.excludedUsd), payouts.last?.fromUsd ?? rules.startingUsd);
  return atLeast('profit_over_best_day_usd', profitUsd, divide(bestUsd * MILLION, shareMax, 'ceil'));
}

const atLeast = (gate: PayoutGate['gate'], have: bigint, need: bigint): PayoutGate => ({
  gate,
  have,
  need,
  isMet: have >= need,
});

const atMost = (gate: PayoutGate['gate'], have: number, need: number): PayoutGate => ({
  gate,
  have: BigInt(have),
  need: BigInt(need),
  isMet: have <= need,
});
