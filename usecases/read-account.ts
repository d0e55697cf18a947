import { balanceOf } from '../domain/account/account';
import type { Fill } from '../domain/account/order';
import type { AccountId, AssessmentId, UserId, ViolationId } from '../domain/kernel/ids';
import { accept, type Result, refuse } from '../domain/kernel/result';
import type { AccountSnapshot, AccountStore, EquityPoint } from './ports/account-store';
import type { AssessmentDetail, AssessmentStore } from './ports/assessment-store';

type Parts = { readonly accounts: AccountStore; readonly assessments: AssessmentStore };

const FILLS_MAX = 500;
const EQUITY_POINTS_MAX = 2_000;

/** What an account is worth and holds as of its version, for the API's answers and the gateway's snapshots. */
export const snapshotView = ({ accountId, version, status, account }: AccountSnapshot) => ({
  accountId,
  version,
  status,
  cashUsd: account.cashUsd,
  balanceUsd: balanceOf(account),
  tradesClosed: account.tradesClosed,
  day: account.day,
  dayAnchorUsd: account.dayAnchorUsd,
  positions: [...account.positions],
});

/** One's own assessment; somebody else's does not exist. */
export const getAssessment =
  ({ assessments }: Pick<Parts, 'assessments'>) =>
  async (id: AssessmentId, userId: UserId): Promise<Result<AssessmentDetail, 'assessment_unknown'>> => {
    const detail = await assessments.find(id);
    return detail && detail.summary.userId === userId
      ? accept(detail)
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

/** The stored bytes of a violation's evidence. */
export const getEvidence =
  ({ assessments }: Pick<Parts, 'assessments'>) =>
  async (id: ViolationId, userId: UserId): Promise<Result<string, 'violation_unknown'>> => {
    const found = await assessments.evidence(id);
    return found && found.userId === userId
      ? accept(found.evidence)
      : refuse('violation_unknown', 'violationId', 'must be yours');
  };

const isOwn = async (accounts: AccountStore, id: AccountId, userId: UserId): Promise<boolean> =>
  (await accounts.load(id))?.userId === userId;

const unknownAccount = () => refuse('account_unknown', 'accountId', 'must be yours');
