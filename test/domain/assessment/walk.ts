import { type Account, balanceOf } from '../../../domain/account/account';
import { afterBalance } from '../../../domain/account/after-fill';
import { afterTrade } from '../../../domain/account/standing/standing';
import { judge } from '../../../domain/assessment/judging/judge';
import type { Judgement } from '../../../domain/assessment/judging/judgement';
import { dailyLossFloor, maxLossFloor } from '../../../domain/assessment/rules/limits';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { tradingDayAt } from '../../../domain/assessment/rules/trading-day';
import { type Instant, plusMs } from '../../../domain/kernel/instant';
import { addUsd, formatUsd, price, subUsd, type Usd, ZERO_USD } from '../../../domain/kernel/money';
import { BTC, changedStanding, dollars, held, marks, quoteOn } from '../../fixtures/domain-story';
import { inDayOf, raisedBy } from '../decided';
import { funded } from './rule-sets';

const COST = dollars('60000');
const MINUTE_MS = 60_000;

/** What became of a walk: its verdict with the day on which it fell, and the account it left. */
export type Walked = {
  readonly told: string;
  readonly account: Account;
  readonly judgement: Judgement;
  readonly at: Instant;
};

type Going = { account: Account; at: Instant; floatUsd: Usd | undefined; day: number };

/**
 * Walks an account through its days and judges it after every step, until it ends. `+2000` and `-500` close a trade
 * with that result, `~-300` lets an open position float by that much, `~` closes it at its cost, `o` opens one,
 * `|` begins the next day. Example: `+4000 ~-1500 | -200`.
 */
export function walk(rules: RuleSet, path: string): Walked {
  const start = funded(rules);
  const going: Going = { account: start, at: start.standing.startedAt, floatUsd: undefined, day: 1 };
  let judgement = judged(rules, going);
  for (const step of path.split(' ').filter(Boolean)) {
    take(rules, going, step);
    judgement = judged(rules, going);
    if (judgement.verdict.kind === 'failed' || judgement.verdict.kind === 'passed') break;
    going.account = raisedBy(rules, going.account, judgement.equityUsd);
  }
  const told = verdictOf(judgement);
  return { told: told === 'open' ? told : `${told} d${going.day}`, account: going.account, judgement, at: going.at };
}

export const verdictOf = ({ verdict }: Judgement): string =>
  verdict.kind === 'failed' ? `failed ${verdict.broken.rule}` : verdict.kind;

/** Both floors of an account, a dash where there is none. */
export const floorsOf = (rules: RuleSet, account: Account): string => {
  const daily = dailyLossFloor(rules, account);
  return `${formatUsd(maxLossFloor(rules, account))} ${daily === undefined ? '-' : formatUsd(daily)}`;
};

const marksFor = ({ floatUsd }: Going) =>
  floatUsd === undefined ? marks() : marks({ ...quoteOn(BTC, '1'), bid: bidFor(floatUsd) });

const bidFor = (floatUsd: Usd) => ({ price: price(addUsd(COST, floatUsd) * 100n), qty: held(BTC, '1', '1').qty });

const judged = (rules: RuleSet, going: Going): Judgement => judge(rules, going.account, marksFor(going), going.at);

function take(rules: RuleSet, going: Going, step: string): void {
  going.at = plusMs(going.at, MINUTE_MS);
  if (step === '|') beginDay(rules, going);
  else if (step === '~') close(rules, going, ZERO_USD);
  else if (step === 'o') float(going, ZERO_USD);
  else if (step.startsWith('~')) float(going, amountOf(step.slice(1)));
  else {
    float(going, amountOf(step));
    close(rules, going, amountOf(step));
  }
}

const amountOf = (text: string): Usd => dollars(text.replace('+', ''));

function beginDay(rules: RuleSet, going: Going): void {
  going.at = tradingDayAt(going.at, rules).endsAt;
  going.day += 1;
  const worth = addUsd(balanceOf(going.account), going.floatUsd ?? ZERO_USD);
  going.account = inDayOf(going.account, rules, going.at, worth);
}

/** An open position of 1 BTC that cost 60,000. */
function float(going: Going, floatUsd: Usd): void {
  const { account, at } = going;
  if (going.floatUsd === undefined) {
    going.account = {
      ...account,
      cashUsd: subUsd(account.cashUsd, COST),
      positions: [held(BTC, '1', '60000', { openedAt: at })],
      standing: changedStanding(account.standing, { activeAt: at, dayOpened: account.standing.day.opened + 1 }),
    };
  }
  going.floatUsd = floatUsd;
}

function close(rules: RuleSet, going: Going, resultUsd: Usd): void {
  const { account, at } = going;
  const [position = held(BTC, '1', '60000', { openedAt: at })] = account.positions;
  const trade = { position, resultUsd, closedAt: at, closedBefore: account.tradesClosed, inNews: false };
  going.account = afterBalance(rules, {
    ...account,
    cashUsd: addUsd(addUsd(account.cashUsd, COST), resultUsd),
    positions: [],
    tradesClosed: account.tradesClosed + 1,
    standing: afterTrade({ ...account.standing, activeAt: at }, rules, trade),
  });
  going.floatUsd = undefined;
}
