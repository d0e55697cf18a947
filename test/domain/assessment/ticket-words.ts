import type { OrderTicket, Side, Terms, TimeInForce, Trail } from '../../../domain/account/order';
import type { Amendment } from '../../../domain/assessment/commands/amend-order';
import type { InstrumentId, OrderId } from '../../../domain/kernel/ids';
import { plusMs } from '../../../domain/kernel/instant';
import { parsePpm, ppm } from '../../../domain/kernel/money';
import { at, NOW, units } from '../story';

/** An order as a story writes it: `1`, `2 limit 99 ioc`, `1 stop 95 limit 94`, `1 trail 5%`, `1 reduce`, `1 tp 110`. */
export function ticketOf(
  orderId: OrderId,
  instrument: InstrumentId,
  side: Side,
  [amount = '', ...words]: readonly string[],
): OrderTicket {
  const after = (word: string) => (words.includes(word) ? words[words.indexOf(word) + 1] : undefined);
  const [takeProfit, stopLoss] = [after('tp'), after('sl')];
  const attached = takeProfit || stopLoss ? { takeProfit: priceOr(takeProfit), stopLoss: priceOr(stopLoss) } : null;
  const reduceOnly = words.includes('reduce');
  return { orderId, instrument, side, qty: units(amount), terms: termsOf(words), reduceOnly, attached };
}

const priceOr = (text: string | undefined) => (text === undefined ? null : at(text));

function termsOf(words: readonly string[]): Terms {
  const after = (word: string) => (words.includes(word) ? words[words.indexOf(word) + 1] : undefined);
  const [limit, stop, trail] = [after('limit'), after('stop'), after('trail')];
  if (trail) return { type: 'trailing_stop', trail: trailOf(trail) };
  if (stop && limit) return { type: 'stop_limit', stopPrice: at(stop), limitPrice: at(limit) };
  if (stop) return { type: 'stop', stopPrice: at(stop) };
  if (limit) return { type: 'limit', limitPrice: at(limit), timeInForce: timeInForceOf(words) };
  return { type: 'market' };
}

/** A distance such as `5`, or a share such as `5%`. */
const trailOf = (text: string): Trail =>
  text.endsWith('%')
    ? { kind: 'share', share: ppm((parsePpm(text.slice(0, -1)) ?? 0n) / 100n) }
    : { kind: 'price', price: at(text) };

/** `gtd+20` works for 20 seconds from NOW. */
function timeInForceOf(words: readonly string[]): TimeInForce {
  const until = words.find((word) => word.startsWith('gtd'));
  if (until) return { kind: 'gtd', expiresAt: plusMs(NOW, Number(until.slice(3)) * 1_000) };
  if (words.includes('ioc')) return { kind: 'ioc' };
  return words.includes('fok') ? { kind: 'fok' } : { kind: 'gtc' };
}

/** A change of an order: `limit 98 qty 2`. */
export function amendmentOf(words: readonly string[]): Amendment {
  const after = (word: string) => (words.includes(word) ? words[words.indexOf(word) + 1] : undefined);
  const [amount, limit, stop, trail] = [after('qty'), after('limit'), after('stop'), after('trail')];
  const hasTime = words.some((word) => /^(gtc|gtd|ioc|fok)/.test(word));
  return {
    ...(amount && { qty: units(amount) }),
    ...(limit && { limitPrice: at(limit) }),
    ...(stop && { stopPrice: at(stop) }),
    ...(trail && { trail: trailOf(trail) }),
    ...(hasTime && { timeInForce: timeInForceOf(words) }),
  };
}
