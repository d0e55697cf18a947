import type { OrderTicket } from '../../account/orders/order';
import type { HoldKind } from '../../kernel/hold-kind';
import type { InstrumentId } from '../../kernel/ids';
import { type Refused, refuse } from '../../kernel/result';
import type { DecisionContext } from '../context/decision-context';
import { dailyFlatOf } from '../rules/daily-flat';
import { isWeekend } from '../rules/weekend';
import { newsAt } from './risk-windows';

export type ConductRefusal =
  | 'account_frozen'
  | 'account_refunded'
  | 'trading_paused'
  | 'news_blackout'
  | 'weekend_closed'
  | 'daily_flat';

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
  const flat = dailyFlatOf(rules, at);
  if (flat && at >= flat.quietFrom) {
    const rule = `no order may add risk before and after ${conduct.flatAt?.time} until the reset at ${rules.dayResetAt}`;
    return refuse('daily_flat', 'instrument', rule);
  }
  const blackout = conduct.news?.bars === 'nothing' ? undefined : newsAt(conduct, blackouts, instrument, at);
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

/**
 * Why a position may not be made smaller now but by a stop. A stop that the price has reached fills at once, so that
 * nobody is held in: what a rule like this one forbids is to choose the moment.
 */
export function closingBar(
  { rules: { conduct }, blackouts, at }: DecisionContext,
  { instrument, terms }: Pick<OrderTicket, 'instrument' | 'terms'>,
): Refused<'news_blackout'> | undefined {
  if (conduct.news?.bars !== 'orders' || terms.type === 'stop' || terms.type === 'trailing_stop') return undefined;
  const blackout = newsAt(conduct, blackouts, instrument, at);
  return blackout && refuse('news_blackout', 'instrument', `around ${blackout.title} only stops may be placed`);
}
