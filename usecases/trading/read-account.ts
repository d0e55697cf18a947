import { balanceOf } from '../../domain/account/account';
import type { Fill } from '../../domain/account/orders/order';
import { flatStanding } from '../../domain/account/standing/flat-standing';
import type { Standing } from '../../domain/account/standing/standing';
import { shownRooms } from '../../domain/assessment/commands/shown-rooms';
import type { AccountId, AssessmentId, InstrumentId, UserId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { AccountSnapshot, AccountStore, EquityPoint } from '../ports/accounts/account-store';
import type { AssessmentDetail, AssessmentStore } from '../ports/assessments/assessment-store';

type Parts = { readonly accounts: AccountStore; readonly assessments: AssessmentStore };

const FILLS_MAX = 500;
const EQUITY_POINTS_MAX = 2_000;

/** What an account is worth and holds as of its version, for the API's answers and the gateway's snapshots. */
export const snapshotView = ({ accountId, version, status, account, rules }: AccountSnapshot) => ({
  accountId,
  version,
  status,
  cashUsd: account.cashUsd,
  balanceUsd: balanceOf(account),
  tradesClosed: account.tradesClosed,
  day: account.day,
  dayAnchorUsd: account.dayAnchorUsd,
  isPaused: account.standing.day.isPaused,
  hold: account.standing.holds.now?.kind ?? null,
  positions: [...account.positions],
  orders: [...account.orders],
  standing: standingView(account.standing),
  rooms: [...shownRooms({ rules, account, instruments: NOTHING }, balanceOf(account), NOTHING)],
});

const standingView = (standing: Standing) => {
  const flat = flatStanding(standing);
  return { ...flat, stopCorrections: [...flat.stopCorrections] };
};

/** Rooms at live prices, and less what the way out costs, are the mark's. */
const NOTHING = new Map<InstrumentId, never>();

/** An assessment with the rules that it was sold with, and its account as of now. */
const assessmentView = ({ summary, snapshot }: AssessmentDetail) => {
  const { ruleSetVersion, ruleSetHash, rules } = snapshot;
  return { ...summary, ruleSetVersion, ruleSetHash, rules, account: snapshotView(snapshot) };
};

/** One's own assessment; somebody else's does not exist. */
export const getAssessment =
  ({ assessments }: Pick<Parts, 'assessments'>) =>
  async (
    id: AssessmentId,
    userId: UserId,
  ): Promise<Result<ReturnType<typeof assessmentView>, 'assessment_unknown'>> => {
    const detail = await assessments.find(id);
    return detail && detail.summary.userId === userId
      ? accept(assessmentView(detail))
      : refuse('assessment_unknown', 'assessmentId', 'must be yours');
  };

export const listTrades =
  ({ accounts, assessments }: Parts) =>
  async (id: AccountId, userId: UserId): Promise<Result<readonly Fill[], 'account_unknown'>> =>
    (await isOwn(accounts, id, userId)) ? accept(await assessments.fills(id, FILLS_MAX)) : unknownAccount();

export const getEquityCurve =
  ({ accounts, assessments }: Parts) =>
  async (id: AccountId, userId: UserId): Promise<Result<readonly EquityPoint[], 'account_unknown'>> =>
    (await isOwn(accounts, id, userId))
      ? accept(await assessments.equityCurve(id, EQUITY_POINTS_MAX))
      : unknownAccount();

const isOwn = async (accounts: AccountStore, id: AccountId, userId: UserId): Promise<boolean> =>
  (await accounts.load(id))?.userId === userId;

const unknownAccount = () => refuse('account_unknown', 'accountId', 'must be yours');
