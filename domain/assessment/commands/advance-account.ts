import { type Account, equityOf } from '../../account/account';
import type { ClosingReason } from '../../account/order';
import type { InstrumentId, OrderId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import { type Decided, followedBy, type Happening } from '../context/account-event';
import type { AssessmentStatus, Desk } from '../context/decision-context';
import { marksAt } from '../context/marks';
import { beginDay } from '../judging/begin-day';
import { rememberAt } from '../judging/high-water-mark';
import { judge } from '../judging/judge';
import type { Judgement, Unjudged, Verdict } from '../judging/judgement';
import { correctStops } from '../judging/stop-corrections';
import { warnOf } from '../judging/warnings';
import { cancelOrders } from '../matching/cancel-orders';
import { workOrders } from '../matching/match-resting-orders';
import { addsRisk } from '../pre-trade/risk-adding';
import type { RuleName } from '../rules/rule-set';
import { closePositions } from './close-positions';

export type Attended = {
  /** The account as it was judged: a new day opened, its orders worked, closed what a rule closes. */
  readonly judged: Account;
  readonly judgement: Judgement | Unjudged;
  readonly before: readonly Happening[];
  /** What follows from the judgement; its account is the final one. */
  readonly after: Decided;
  readonly status: AssessmentStatus;
};

/**
 * Everything that time and prices do to an account: a new day begins, resting orders work, a missing stop is given its
 * correction, the rules judge. What a rule closes without failing is closed before the judgement that counts, so that
 * its cost is in it.
 */
export function attend(desk: Desk, nextOrderId: () => OrderId): Attended {
  if (desk.status !== 'active') return undisturbed(desk);
  const opened = beginDay(desk);
  const worked = followedBy(opened, workOrders({ ...desk, account: opened.account }));
  const spared = followedBy(worked, sparedAt(desk, worked.account));
  const { so, judgement } = enforced(desk, spared, nextOrderId);
  const judged = so.account;
  const after = following(desk, judged, judgement, nextOrderId);
  return { judged, judgement, before: so.happenings, after, status: statusAfter(judgement) };
}

/** A missing stop is corrected where the account can be judged: until then it is not missed. */
function sparedAt({ rules, books, at }: Desk, account: Account): Decided {
  const corrected = correctStops(rules, account, at);
  if (corrected.happenings.length === 0 || equityOf(account, marksAt(books, at)) !== undefined) return corrected;
  return { account, happenings: [] };
}

const judgeAt = ({ rules, books, at }: Desk, account: Account) => judge(rules, account, marksAt(books, at), at);

/** An assessment that has ended is left as it is. */
function undisturbed({ rules, account, books, at, status }: Desk): Attended {
  const judgement = judge(rules, account, marksAt(books, at), at);
  return { judged: account, judgement, before: [], after: { account, happenings: [] }, status };
}

type Enforced = { readonly so: Decided; readonly judgement: Judgement | Unjudged };

/**
 * Does what a rule asks for without failing, and judges again. What is closed may bring the pause of a day, and a
 * paused account may have something to close: each is done once, and no book is taken twice.
 */
function enforced(desk: Desk, spared: Decided, nextOrderId: () => OrderId): Enforced {
  let so = spared;
  let judgement = judgeAt(desk, so.account);
  const done = new Set<Verdict['kind']>();
  while (!('unpriced' in judgement) && !done.has(judgement.verdict.kind)) {
    const { verdict } = judgement;
    const next = enforcedOnce(desk, so.account, verdict, done.has('close'), nextOrderId);
    if (next.happenings.length === 0) break;
    done.add(verdict.kind);
    so = followedBy(so, next);
    judgement = judgeAt(desk, so.account);
  }
  return { so, judgement };
}

/** Pauses and closings: what a rule does to an assessment that goes on. */
function enforcedOnce(
  desk: Desk,
  account: Account,
  verdict: Verdict,
  hasClosed: boolean,
  nextOrderId: () => OrderId,
): Decided {
  switch (verdict.kind) {
    case 'paused': {
      const paused = pausedBy(account, verdict.rule);
      const orders = verdict.closes ? account.orders : account.orders.filter((order) => addsRisk(account, order));
      const cancelled = followedBy(paused, cancelOrders(paused.account, orders, 'trading_paused'));
      if (!verdict.closes || hasClosed) return cancelled;
      return closed(desk, cancelled, instrumentsOf(account), nextOrderId, verdict.rule);
    }
    case 'close':
      return closed(desk, { account, happenings: [] }, verdict.instruments, nextOrderId, verdict.reason);
    case 'open':
    case 'failed':
    case 'passed':
      return { account, happenings: [] };
  }
}

function pausedBy(account: Account, rule: RuleName): Decided {
  if (account.standing.isPaused) return { account, happenings: [] };
  return {
    account: { ...account, standing: { ...account.standing, isPaused: true } },
    happenings: [{ kind: 'trading_paused', rule }],
  };
}

/** What follows from the judgement that counts: an end is cleaned up after, a life is remembered and warned. */
function following(desk: Desk, account: Account, judgement: Judgement | Unjudged, nextOrderId: () => OrderId): Decided {
  if ('unpriced' in judgement) return { account, happenings: [] };
  const { verdict, rooms, equityUsd } = judgement;
  if (verdict.kind === 'failed' || verdict.kind === 'passed') {
    const cancelled = cancelOrders(account, account.orders, 'assessment_ended');
    return closed(desk, cancelled, instrumentsOf(account), nextOrderId, 'assessment_ended');
  }
  const remembered = rememberAt(desk.rules, account, equityUsd, pricedAt(desk, account));
  const { highWaterUsd, dayPeakUsd } = remembered.standing;
  const raised: readonly Happening[] =
    remembered === account ? [] : [{ kind: 'high_water_raised', highWaterUsd, dayPeakUsd }];
  return followedBy({ account: remembered, happenings: raised }, warnOf(remembered, rooms));
}

/** When the latest of the prices was received that the account is worth something at; without any, its last fill. */
const pricedAt = ({ books }: Desk, { positions, standing }: Account): Instant =>
  positions.reduce((latest, { instrument }) => {
    const receivedAt = books.get(instrument)?.receivedAt ?? latest;
    return receivedAt > latest ? receivedAt : latest;
  }, standing.activeAt);

function closed(
  desk: Desk,
  so: Decided,
  instruments: readonly InstrumentId[],
  nextOrderId: () => OrderId,
  reason: ClosingReason,
): Decided {
  if (instruments.length === 0) return so;
  return followedBy(so, closePositions({ ...desk, account: so.account }, instruments, nextOrderId, reason));
}

const instrumentsOf = ({ positions }: Account) => positions.map(({ instrument }) => instrument);

const statusAfter = (judgement: Judgement | Unjudged): AssessmentStatus => {
  if ('unpriced' in judgement) return 'active';
  const { kind } = judgement.verdict;
  return kind === 'failed' || kind === 'passed' ? kind : 'active';
};
