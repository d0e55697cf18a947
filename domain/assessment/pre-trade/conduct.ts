import type { HoldKind } from '../../kernel/hold-kind';
import type { InstrumentId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import { type Refused, refuse } from '../../kernel/result';
import type { Blackout, DecisionContext } from '../context/decision-context';
import type { Conduct } from '../rules/rule-set';
import { isWeekend } from '../rules/weekend';
import { isWithinSpan, newsSpan } from './risk-windows';

export type ConductRefusal =
  | 'account_frozen'
  | 'account_refunded'
  | 'trading_paused'
  | 'news_blackout'
  | 'weekend_closed';

/** Why no order may add risk to an instrument now; nothing while it may. */
export function riskBar(
  { rules, account, blackouts, at }: DecisionContext,
  instrument: InstrumentId,
): Refused<ConductRefusal> | undefined {
  const hold = account.standing.holds.now;
  if (hold) return HELD[hold.kind];
  if (account.standing.day.isPaused) {
    return refuse(
      'trading_paused',
      'accountId',
      'the daily limit is reached: only orders that reduce until the next day',
    );
  }
  const { conduct } = rules;
  if (conduct.weekend !== 'allowed' && isWeekend(at, rules)) {
    return refuse('weekend_closed', 'instrument', 'no order may add risk at the weekend');
  }
  const blackout = blackoutAt(conduct, blackouts, instrument, at);
  return blackout && refuse('news_blackout', 'instrument', `no order may add risk around ${blackout.title}`);
}

const HELD: Readonly<Record<HoldKind, Refused<'account_frozen' | 'account_refunded'>>> = {
  dispute: refuse(
    'account_frozen',
    'accountId',
    'its payment is disputed: only orders that reduce until that is decided',
  ),
  refund: refuse('account_refunded', 'accountId', 'its payment was given back: only orders that reduce'),
  chargeback: refuse('account_refunded', 'accountId', 'its payment was taken back: only orders that reduce'),
};

const blackoutAt = (
  { news }: Conduct,
  blackouts: readonly Blackout[],
  instrument: InstrumentId,
  at: Instant,
): Blackout | undefined =>
  news === null
    ? undefined
    : blackouts.find(
        (blackout) =>
          (blackout.instruments?.includes(instrument) ?? true) && isWithinSpan(newsSpan(news, blackout), at),
      );
