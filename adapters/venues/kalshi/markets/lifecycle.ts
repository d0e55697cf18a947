import { ONE_DOLLAR_PRICE, type Price, parsePrice, price } from '../../../../domain/kernel/money';
import { type Answer, type OutcomeState, payoutsAt, VOID } from '../../outcomes/outcome-life';
import type { MessageOf } from '../wire/frames';
import type { KalshiMarket } from '../wire/rest';

/**
 * Where a market is in its life. After its close nothing of it trades, whatever its status still says; the catalogue's
 * own word of that follows. It pays once it is settled: a result that is only determined can still be disputed or
 * amended.
 */
export function stateOf(market: KalshiMarket, nowMs: number): OutcomeState {
  switch (market.status) {
    case 'active':
      return { status: Date.parse(market.close_time) > nowMs ? 'open' : 'halted' };
    case 'closed':
      return { status: 'closed' };
    case 'determined':
    case 'amended':
      return { status: 'pending' };
    case 'disputed':
      return { status: 'disputed' };
    case 'finalized':
    case 'settled': {
      const answer = answerOf(market);
      return answer ? { status: 'resolved', ...answer } : { status: 'pending' };
    }
    default:
      return { status: 'halted' };
  }
}

/** Any part of a dollar may be paid for YES, and the rest of it for NO. A result and a value that disagree are none. */
function answerOf({ result, settlement_value_dollars: text }: KalshiMarket): Answer | undefined {
  const value = text ? parsePrice(text) : undefined;
  const isValue = value !== undefined && value >= 0n && value <= ONE_DOLLAR_PRICE;
  if (text && !isValue) return undefined;
  const named = NAMED[result];
  if (named !== undefined) return value === undefined || value === named ? payoutsAt(named) : undefined;
  if (value !== undefined) return payoutsAt(value);
  return result === 'void' ? VOID : undefined;
}

const NAMED: Readonly<Record<string, Price>> = { yes: ONE_DOLLAR_PRICE, no: price(0n) };

/** What the venue has said of a market since the catalogue was read, as the catalogue would say it. */
export function heard(market: KalshiMarket, said: MessageOf<'market_lifecycle_v2'>): KalshiMarket {
  const closing = said.close_ts === undefined ? {} : { close_time: new Date(said.close_ts * 1_000).toISOString() };
  switch (said.event_type) {
    case 'activated':
      return { ...market, ...closing, status: 'active' };
    case 'deactivated':
      return { ...market, ...closing, status: said.is_deactivated === false ? 'active' : 'inactive' };
    case 'close_date_updated':
      return { ...market, ...closing };
    case 'determined':
      return {
        ...market,
        status: 'determined',
        result: said.result ?? market.result,
        settlement_value_dollars: said.settlement_value ?? market.settlement_value_dollars,
      };
    case 'settled':
      return { ...market, status: 'finalized' };
    case 'price_level_structure_updated':
      return {
        ...market,
        price_level_structure: said.price_level_structure,
        price_ranges: said.price_ranges,
      };
    case 'metadata_updated':
      return { ...market, yes_sub_title: said.yes_sub_title ?? market.yes_sub_title };
    default:
      return market;
  }
}
