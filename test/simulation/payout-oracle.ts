import type { Account } from '../../domain/account/account';
import type { PayoutTaken } from '../../domain/account/account-event';
import { fold } from '../../domain/account/evolve';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import type { KeptAccount } from '../fakes/memory-world';
import type { History } from './history';
import type { Findings } from './oracles';

const DAY_MS = 86_400_000;

/** O14: what was paid out was offered, as docs/rules.md counts the offer, and left the account as it promises. */
export function payoutFindings({ snapshot: { accountId, rules } }: KeptAccount, history: History): Findings {
  let last: PayoutTaken | undefined;
  return history.changesOf(accountId).flatMap(({ before, change }) => {
    const findings: string[] = [];
    let { account } = before;
    for (const event of change.events) {
      const next = fold(rules, account, [event]);
      if (event.kind === 'payout_taken') {
        findings.push(...unoffered(rules, account, event, last), ...wronglyLeft(rules, account, next, event));
        last = event;
      }
      account = next;
    }
    return findings.map((finding) => `O14: ${accountId} ${finding}`);
  });
}

/** Why it was not offered. What is open was worth no more than the balance says. */
function unoffered(
  { payout, startingUsd }: RuleSet,
  account: Account,
  { at, amountUsd, traderUsd }: PayoutTaken,
  last: PayoutTaken | undefined,
): Findings {
  const { standing, positions, orders, cashUsd } = account;
  if (!payout) return ['was paid out, and its rules have no payouts'];
  const balance = positions.reduce((sum, { costUsd }) => sum + costUsd, cashUsd as bigint);
  const profit = balance - startingUsd - standing.trades.excludedUsd;
  const daysSince = Math.floor((at - (last?.at ?? standing.startedAt)) / DAY_MS);
  const share = payout.shareOfProfitMax;
  const since = balance - standing.trades.excludedUsd - (standing.payouts.last?.fromUsd ?? startingUsd);
  const most = payout.consistencyMax;
  const unmet: readonly (readonly [string, boolean])[] = [
    ['nothing', amountUsd <= 0n],
    ['more than the buffer leaves', amountUsd > profit - payout.bufferUsd],
    ['more than its share of the profit', share !== null && amountUsd * 1_000_000n > profit * share],
    ['more than the most', payout.maxUsd !== null && amountUsd > payout.maxUsd],
    ['another split', traderUsd !== (amountUsd * payout.split) / 1_000_000n],
    ['less than the least', payout.minUsd !== null && traderUsd < payout.minUsd],
    ['of too small a profit', payout.profitMinUsd !== null && profit < payout.profitMinUsd],
    ['too early', daysSince < (last ? payout.everyDays : payout.firstAfterDays)],
    ['after too few won days', payout.winningDays !== null && standing.payouts.daysWon < payout.winningDays.min],
    ['of one day', most !== null && standing.payouts.bestUsd * 1_000_000n > since * most],
    ['while something was open', payout.requiresFlat && positions.length + orders.length > 0],
    ['while a limit was touched', Object.keys(standing.touched).length > 0],
    ['while it was held', standing.holds.now !== null],
  ];
  return unmet.flatMap(([what, isSo]) => (isSo ? [`was paid ${amountUsd} of ${profit}: ${what}`] : []));
}

/** A payout is no loss: what counts from money falls with it, but what counts from the starting balance. */
function wronglyLeft(rules: RuleSet, before: Account, after: Account, { amountUsd }: PayoutTaken): Findings {
  const { anchor } = rules.dailyLoss ?? {};
  const { mode, width, lockUsd } = rules.maxLoss;
  const highWater = markAfter(rules, before.standing.peaks.highWaterUsd, amountUsd);
  const floor = width.kind === 'usd' ? highWater - width.usd : undefined;
  const locked = floor !== undefined && lockUsd !== null && lockUsd < floor ? lockUsd : floor;
  const balance = after.positions.reduce((sum, { costUsd }) => sum + costUsd, after.cashUsd as bigint);
  const pairs: readonly (readonly [string, bigint, bigint])[] = [
    ['cash', after.cashUsd, before.cashUsd - amountUsd],
    ['day anchor', after.dayAnchorUsd, before.dayAnchorUsd - (anchor === 'initial' ? 0n : amountUsd)],
    ['day balance', after.standing.day.balanceUsd, before.standing.day.balanceUsd - amountUsd],
    ['high-water mark', after.standing.peaks.highWaterUsd, highWater],
  ];
  const isFailed = locked !== undefined && balance < locked;
  return [
    ...pairs.flatMap(([what, is, should]) =>
      is === should ? [] : [`has after a payout the ${what} ${is}, not ${should}`],
    ),
    ...(isFailed ? [`was paid below the floor of its ${mode} maximum loss`] : []),
  ];
}

/** Left as it is, lowered by what was paid, or lifted until its floor is the start: rounded down, for the trader. */
function markAfter({ maxLoss, startingUsd }: RuleSet, mark: bigint, amount: bigint): bigint {
  const { payoutEffect, width } = maxLoss;
  if (payoutEffect === 'none') return mark;
  if (payoutEffect === 'lowers_mark') return mark - amount;
  if (width.kind === 'usd') return startingUsd + width.usd;
  return (startingUsd * 1_000_000n) / (1_000_000n - width.share);
}
