import type { Account } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import { exitPrice } from '../../account/positions/position';
import type { InstrumentId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import { after, inTurn } from '../context/after';
import type { AssessmentStatus, DecisionContext } from '../context/decision-context';
import { marksAt } from '../context/marks';
import { raiseHighWater } from '../judging/high-water-mark';
import { judge } from '../judging/judge';
import type { Judgement, Verdict } from '../judging/judgement';
import { giveStopsTime } from '../judging/stop-corrections';
import { warnOf } from '../judging/warnings';
import { cancelOrders } from '../matching/cancel-orders';
import { matchRestingOrders } from '../matching/match-resting-orders';
import { addsRisk } from '../pre-trade/risk-adding';
import { newsAt } from '../pre-trade/risk-windows';
import { beginDay } from './begin-day';
import { type ClosedBy, closePositions } from './close-positions';

export type AdvancedAccount = {
  readonly judgement: Judgement;
  /** What happened before the judgement: a new day, fills of resting orders, what a rule closed without failing. */
  readonly before: readonly AccountEvent[];
  /** What follows from the judgement. */
  readonly after: readonly AccountEvent[];
  readonly status: AssessmentStatus;
};

/**
 * Everything that time and prices do to an account: a new day begins, resting orders meet the market, a missing stop is
 * given its correction, the rules judge. What a rule closes without failing is closed before the judgement that counts,
 * so that its cost is in it.
 */
export function advanceAccount(context: DecisionContext): AdvancedAccount {
  // An assessment that has ended is left as it is.
  if (context.status !== 'active') {
    return { judgement: judgeNow(context), before: [], after: [], status: context.status };
  }
  const begun = beginDay(context);
  const orders = isPlanBroken(after(context, begun)) ? [] : [matchRestingOrders, closeForNews, giveStopsTime];
  const worked = inTurn(context, () => begun, ...orders);
  const { events, left, judgement } = enforceRules(after(context, worked));
  const before = events.length === 0 ? worked : [...worked, ...events];
  return { judgement, before, after: concludeFrom(left, judgement), status: statusAfter(judgement) };
}

/**
 * Stops that would lose too much have broken the rule, whatever becomes of them: no market that closes, and takes its
 * orders with it, comes before that verdict.
 */
function isPlanBroken(context: DecisionContext): boolean {
  if (context.rules.riskPerTrade?.plan !== 'fail') return false;
  const { verdict } = judgeNow(context);
  return verdict.kind === 'failed' && verdict.broken.kind === 'limit' && verdict.broken.rule === 'planned_risk';
}

const judgeNow = ({ rules, account, books, at }: DecisionContext): Judgement =>
  judge(rules, account, marksAt(books, at), at);

/** What the tier does not hold over news is closed before anything is judged. */
function closeForNews(context: DecisionContext): readonly AccountEvent[] {
  const { rules, account, blackouts, at } = context;
  if (rules.conduct.news?.bars !== 'positions') return [];
  const held = instrumentsOf(account).filter((id) => newsAt(rules.conduct, blackouts, id, at) !== undefined);
  return closeThese(context, held, 'news');
}

type Enforced = {
  readonly events: readonly AccountEvent[];
  /** What is left after them, and how it is judged. */
  readonly left: DecisionContext;
  readonly judgement: Judgement;
};

/**
 * Does what a rule asks for without failing, and judges again. What is closed may bring the pause of a day, and a
 * paused account may have something to close: each is done once, and no book is taken twice.
 */
function enforceRules(context: DecisionContext): Enforced {
  const events: AccountEvent[] = [];
  const done = new Set<Verdict['kind']>();
  let left = context;
  for (;;) {
    const judgement = judgeNow(left);
    if (done.has(judgement.verdict.kind)) return { events, left, judgement };
    const next = enforce(left, judgement.verdict, done.has('close'));
    if (next.length === 0) return { events, left, judgement };
    done.add(judgement.verdict.kind);
    events.push(...next);
    left = after(left, next);
  }
}

/** Pauses and closings: what a rule does to an assessment that goes on. */
function enforce(context: DecisionContext, verdict: Verdict, hasClosed: boolean): readonly AccountEvent[] {
  switch (verdict.kind) {
    case 'paused': {
      const { account } = context;
      const ending = verdict.closes ? account.orders : account.orders.filter((order) => addsRisk(account, order));
      const isNews = !account.standing.day.isPaused;
      return inTurn(
        context,
        () => (isNews ? [{ kind: 'trading_paused', rule: verdict.rule }] : []),
        (now) => cancelOrders(now.account, ending, 'trading_paused'),
        (now) =>
          verdict.closes && !hasClosed
            ? closeAll(now, verdict.rule === 'daily_loss' ? 'daily_loss' : 'loss_layer')
            : [],
      );
    }
    case 'close':
      return closeThese(context, verdict.instruments, verdict.reason);
    case 'open':
    case 'failed':
    case 'passed':
      return [];
  }
}

/**
 * After an end all orders and positions go; otherwise the account's marks rise, it is warned, and limits are touched. They rise with what
 * the account is worth at least: it was that much, whatever has no price, and a peak that is in doubt is none.
 */
function concludeFrom(context: DecisionContext, judgement: Judgement): readonly AccountEvent[] {
  const { verdict, rooms, worstUsd, touches } = judgement;
  if (verdict.kind === 'failed' || verdict.kind === 'passed') {
    return inTurn(
      context,
      ({ account }) => cancelOrders(account, account.orders, 'assessment_ended'),
      (now) => closeAll(now, 'assessment_ended'),
    );
  }
  const { rules, account } = context;
  return [...raiseHighWater(rules, account, worstUsd, pricedAt(context)), ...warnOf(account, rooms), ...touches];
}

/** When the latest of the prices was received that the account is worth something at; without any, its last fill. */
function pricedAt({ books, at, account: { positions, standing } }: DecisionContext): Instant {
  const marks = marksAt(books, at);
  return positions.reduce((latest, position) => {
    const quote = marks.get(position.instrument);
    return quote && exitPrice(position, quote) !== null && quote.receivedAt > latest ? quote.receivedAt : latest;
  }, standing.activeAt);
}

const closeAll = (context: DecisionContext, by: ClosedBy): readonly AccountEvent[] =>
  closeThese(context, instrumentsOf(context.account), by);

/** With nothing to close not even a day begins. */
const closeThese = (context: DecisionContext, instruments: readonly InstrumentId[], by: ClosedBy) =>
  instruments.length === 0 ? [] : closePositions(context, instruments, by);

const instrumentsOf = ({ positions }: Account) => positions.map(({ instrument }) => instrument);

const statusAfter = ({ verdict: { kind } }: Judgement): AssessmentStatus =>
  kind === 'failed' || kind === 'passed' ? kind : 'active';
