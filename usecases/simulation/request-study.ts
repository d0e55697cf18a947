import { equityOf } from '../../domain/account/account';
import { marksAt } from '../../domain/assessment/context/marks';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import type { StudyId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Usd } from '../../domain/kernel/money';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import { sizeOfRisk } from '../../domain/simulation/closed-trades/traded-strategy';
import { restingAccount } from '../../domain/simulation/starting-account';
import type { Study } from '../../domain/simulation/study/study';
import type { AccountSnapshot } from '../ports/accounts/account-store';
import type { AssessmentStore } from '../ports/assessments/assessment-store';
import type { TierStore } from '../ports/assessments/tier-store';
import type { StudySubject } from '../ports/simulation/study-store';
import { type ContextParts, loadContext } from '../trading/load-context';
import { type ClosedTradesParts, closedTrades, fileTrades, type Traded, type TradesRefusal } from './closed-trades';
import { type NamedOdds, oddsStrategy } from './compose-strategy';
import { playable, type StudyRefusal } from './playable';
import { type Composed, type Sender, type TakeParts, takeStudy } from './take-study';

export type AskedTrades =
  | { readonly kind: 'own' }
  | { readonly kind: 'file'; readonly csv: string }
  | { readonly kind: 'odds'; readonly strategy: NamedOdds };

export type RequestStudy = Sender & {
  readonly subject: StudySubject;
  readonly trades: AskedTrades;
  readonly days: number;
  readonly paths: number;
  readonly seed?: bigint | undefined;
  readonly compareRiskUsd?: Usd | undefined;
};

export type RequestStudyParts = TakeParts &
  ContextParts &
  ClosedTradesParts & {
    readonly assessments: Pick<AssessmentStore, 'find' | 'listOf'>;
    readonly tiers: Pick<TierStore, 'list'>;
  };

/** Asks for the odds of an assessment from where it stands, or of a fresh account of a tier. */
export const requestStudy = (parts: RequestStudyParts) => (request: RequestStudy) => {
  const { isAdmin: _isAdmin, trace: _trace, ...asked } = request;
  return takeStudy(parts, request, requestText(asked), () => compose(parts, request));
};

/** Its fields stand in the order of the contract. */
export const requestText = (asked: object): string =>
  JSON.stringify(asked, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

type SubjectRefusal = 'assessment_unknown' | 'assessment_closed' | 'tier_unknown';

async function compose(
  parts: RequestStudyParts,
  request: RequestStudy,
): Promise<Result<Composed, SubjectRefusal | TradesRefusal | StudyRefusal>> {
  const judged = await judgedOf(parts, request);
  if (!judged.ok) return judged;
  const { rules, account, at, tierName } = judged.value;
  const traded = await tradedOf(parts, request, judged.value);
  if (!traded.ok) return traded;
  const asks = asksOf(request, traded.value);
  if (!asks.ok) return asks;
  const { days, paths, seed, studyId, subject, trades } = request;
  const study: Study = { rules, account, at, days, paths, seed: seed ?? seedOf(studyId), asks: asks.value };
  const fault = playable(study, trades.kind);
  if (fault) return fault;
  return accept({ study, subject, tierName, trades: trades.kind, namedSeed: seed ?? null });
}

/** The last 64 bits of the id, which are random. */
export const seedOf = (studyId: StudyId): bigint => BigInt(`0x${studyId.replaceAll('-', '').slice(-16)}`);

type Judged = {
  readonly rules: RuleSet;
  readonly tierName: string;
  readonly account: Study['account'];
  readonly at: Instant;
  /** Where it is an assessment. */
  readonly snapshot: AccountSnapshot | undefined;
};

async function judgedOf(
  parts: RequestStudyParts,
  { subject, userId }: RequestStudy,
): Promise<Result<Judged, SubjectRefusal>> {
  if (subject.kind === 'tier') {
    const tier = (await parts.tiers.list()).find(({ tierId }) => tierId === subject.tierId);
    const [first] = tier?.program.phases ?? [];
    if (!tier || !first) return refuse('tier_unknown', 'subject.tierId', 'must be a tier that is on sale');
    const fresh = { account: null, snapshot: undefined };
    return accept({ ...fresh, rules: first.rules, tierName: tier.name, at: parts.clock.now() });
  }
  const found = await parts.assessments.find(subject.assessmentId);
  if (found?.summary.userId !== userId) {
    return refuse('assessment_unknown', 'subject.assessmentId', 'must be yours');
  }
  const { summary, snapshot } = found;
  if (snapshot.status !== 'active') {
    return refuse('assessment_closed', 'subject.assessmentId', 'must be an assessment that has not ended');
  }
  const { rules } = snapshot;
  const { account, books, at } = await loadContext(parts, snapshot, []);
  // What has no price counts as little as it may be worth.
  const resting = restingAccount(account, equityOf(account, marksAt(books, at)).worstUsd);
  return accept({ rules, tierName: summary.tierName, account: resting, at, snapshot });
}

async function tradedOf(
  parts: RequestStudyParts,
  { trades, userId }: RequestStudy,
  { rules, snapshot }: Judged,
): Promise<Result<Traded, TradesRefusal | 'strategy_invalid'>> {
  switch (trades.kind) {
    case 'odds': {
      const made = oddsStrategy(trades.strategy);
      if (made.ok) return accept({ strategy: made.value, worstDay: null, trials: 1 });
      return refuse('strategy_invalid', `trades.strategy.${made.fault?.field}`, made.fault?.rule);
    }
    case 'file':
      return fileTrades(rules, trades.csv);
    case 'own': {
      const listed = await parts.assessments.listOf(userId);
      const those = listed.filter(({ accountId }) => snapshot === undefined || accountId === snapshot.accountId);
      return closedTrades(parts, rules, those, listed.length);
    }
  }
}

function asksOf(
  { compareRiskUsd }: RequestStudy,
  { strategy, worstDay, trials }: Traded,
): Result<Study['asks'], 'strategy_invalid'> {
  if (compareRiskUsd === undefined) return accept({ scope: 'everything', strategy, worstDay, trials });
  const size = sizeOfRisk(strategy, compareRiskUsd);
  if (size === undefined) {
    return refuse('strategy_invalid', 'compareRiskUsd', 'must be above 0, and there must be a loss to compare it with');
  }
  return accept({ scope: 'size', strategy, size });
}
