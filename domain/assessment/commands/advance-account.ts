import { type Account, equityOf } from '../../account/account';
import { type AccountEvent, andThen, type Decision } from '../../account/account-event';
import type { ClosingReason } from '../../account/order';
import type { RuleName } from '../../account/rule-name';
import type { InstrumentId, OrderId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import type { AssessmentStatus, DecisionContext } from '../context/decision-context';
import { marksAt } from '../context/marks';
import { beginDay } from '../judging/begin-day';
import { raiseHighWaterAt } from '../judging/high-water-mark';
import { judge } from '../judging/judge';
import type { Judgement, Unjudged, Verdict } from '../judging/judgement';
import { correctStops } from '../judging/stop-corrections';
import { warnOf } from '../judging/warnings';
import { cancelOrders } from '../matching/cancel-orders';
import { matchRestingOrders } from '../matching/match-resting-orders';
import { addsRisk } from '../pre-trade/risk-adding';
import { closePositions } from './close-positions';

export type AdvancedAccount = {
  /** The account as it was judged: a new day opened, its orders worked, closed what a rule closes. */
  readonly judged: Account;
  readonly judgement: Judgement | Unjudged;
  readonly before: readonly AccountEvent[];
  /** What follows from the judgement; its account is the final one. */
  readonly after: Decision;
  readonly status: AssessmentStatus;
};

/**
 * Everything that time and prices do to an account: a new day begins, resting orders work, a missing stop is given its
 * correction, the rules judge. What a rule closes without failing is closed before the judgement that counts, so that
 * its cost is in it.
 */
export function advanceAccount(context: DecisionContext, nextOrderId: () => OrderId): AdvancedAccount {
  if (context.status !== 'active') return undisturbed(context);
  const opened = beginDay(context);
  const worked = andThen(opened, matchRestingOrders({ ...context, account: opened.account }));
  const spared = andThen(worked, sparedAt(context, worked.account));
  const { so: decision, judgement } = enforced(context, spared, nextOrderId);
  const judged = decision.account;
  const after = following(context, judged, judgement, nextOrderId);
  return { judged, judgement, before: decision.events, after, status: statusAfter(judgement) };
}

/** A missing stop is corrected where the account can be judged: until then it is not missed. */
function sparedAt({ rules, books, at }: DecisionContext, account: Account): Decision {
  const corrected = correctStops(rules, account, at);
  if (corrected.events.length === 0 || equityOf(account, marksAt(books, at)) !== undefined) return corrected;
  return { account, events: [] };
}

const judgeAt = ({ rules, books, at }: DecisionContext, account: Account) =>
  judge(rules, account, marksAt(books, at), at);

/** An assessment that has ended is left as it is. */
function undisturbed({ rules, account, books, at, status }: DecisionContext): AdvancedAccount {
  const judgement = judge(rules, account, marksAt(books, at), at);
  return { judged: account, judgement, before: [], after: { account, events: [] }, status };
}

type Enforced = { readonly so: Decision; readonly judgement: Judgement | Unjudged };

/**
 * Does what a rule asks for without failing, and judges again. What is closed may bring the pause of a day, and a
 * paused account may have something to close: each is done once, and no book is taken twice.
 */
function enforced(context: DecisionContext, spared: Decision, nextOrderId: () => OrderId): Enforced {
  let decision = spared;
  let judgement = judgeAt(context, decision.account);
  const done = new Set<Verdict['kind']>();
  while (!('unpriced' in judgement) && !done.has(judgement.verdict.kind)) {
    const { verdict } = judgement;
    const next = enforcedOnce(context, decision.account, verdict, done.has('close'), nextOrderId);
    if (next.events.length === 0) break;
    done.add(verdict.kind);
    decision = andThen(decision, next);
    judgement = judgeAt(context, decision.account);
  }
  return { so: decision, judgement };
}

/** Pauses and closings: what a rule does to an assessment that goes on. */
function enforcedOnce(
  context: DecisionContext,
  account: Account,
  verdict: Verdict,
  hasClosed: boolean,
  nextOrderId: () => OrderId,
): Decision {
  switch (verdict.kind) {
    case 'paused': {
      const paused = pausedBy(account, verdict.rule);
      const orders = verdict.closes ? account.orders : account.orders.filter((order) => addsRisk(account, order));
      const cancelled = andThen(paused, cancelOrders(paused.account, orders, 'trading_paused'));
      if (!verdict.closes || hasClosed) return cancelled;
      return closed(context, cancelled, instrumentsOf(account), nextOrderId, verdict.rule);
    }
    case 'close':
      return closed(context, { account, events: [] }, verdict.instruments, nextOrderId, verdict.reason);
    case 'open':
    case 'failed':
    case 'passed':
      return { account, events: [] };
  }
}

function pausedBy(account: Account, rule: RuleName): Decision {
  if (account.standing.day.isPaused) return { account, events: [] };
  return {
    account: { ...account, standing: { ...account.standing, day: { ...account.standing.day, isPaused: true } } },
    events: [{ kind: 'trading_paused', rule }],
  };
}

/** What follows from the judgement that counts: an end is cleaned up after, a life is remembered and warned. */
function following(
  context: DecisionContext,
  account: Account,
  judgement: Judgement | Unjudged,
  nextOrderId: () => OrderId,
): Decision {
  if ('unpriced' in judgement) return { account, events: [] };
  const { verdict, rooms, equityUsd } = judgement;
  if (verdict.kind === 'failed' || verdict.kind === 'passed') {
    const cancelled = cancelOrders(account, account.orders, 'assessment_ended');
    return closed(context, cancelled, instrumentsOf(account), nextOrderId, 'assessment_ended');
  }
  const remembered = raiseHighWaterAt(context.rules, account, equityUsd, pricedAt(context, account));
  const { highWaterUsd, dayPeakUsd } = remembered.standing.peaks;
  const raised: readonly AccountEvent[] =
    remembered === account ? [] : [{ kind: 'high_water_raised', highWaterUsd, dayPeakUsd }];
  return andThen({ account: remembered, events: raised }, warnOf(remembered, rooms));
}

/** When the latest of the prices was received that the account is worth something at; without any, its last fill. */
const pricedAt = ({ books }: DecisionContext, { positions, standing }: Account): Instant =>
  positions.reduce((latest, { instrument }) => {
    const receivedAt = books.get(instrument)?.receivedAt ?? latest;
    return receivedAt > latest ? receivedAt : latest;
  }, standing.activeAt);

function closed(
  context: DecisionContext,
  decision: Decision,
  instruments: readonly InstrumentId[],
  nextOrderId: () => OrderId,
  reason: ClosingReason,
): Decision {
  if (instruments.length === 0) return decision;
  return andThen(decision, closePositions({ ...context, account: decision.account }, instruments, nextOrderId, reason));
}

const instrumentsOf = ({ positions }: Account) => positions.map(({ instrument }) => instrument);

const statusAfter = (judgement: Judgement | Unjudged): AssessmentStatus => {
  if ('unpriced' in judgement) return 'active';
  const { kind } = judgement.verdict;
  return kind === 'failed' || kind === 'passed' ? kind : 'active';
};
