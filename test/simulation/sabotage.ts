import type { KeptEvent } from '../../domain/assessment/settlement/account-moves';
import { instant } from '../../domain/kernel/instant';
import { refuse } from '../../domain/kernel/result';
import type { SettleParts } from '../../usecases/judging/settle-outcome';
import type { SettlementStore } from '../../usecases/ports/accounts/settlement-store';
import type { Outbox } from '../../usecases/ports/events/outbox';
import type { TakenLiquidity } from '../../usecases/ports/market-data/taken-liquidity';
import type { ToldPrices } from '../../usecases/ports/market-data/told-prices';
import { placeOrder, type TradingParts } from '../../usecases/trading/place-order';

/**
 * A guarantee that is switched off, to see that the oracles, or the story of a trick, notice. Of what is kept: the
 * guard by version, the memory of order ids, rows that are marked as sent only afterwards, events, the inbox, the engine's
 * eyes, what its successor reads again, what outcomes paid before, what was remembered when they paid it, the risk
 * desk's letter box, that a hold goes by what is true.
 */
type Kept =
  | 'version_guard'
  | 'order_ids'
  | 'events'
  | 'outbox'
  | 'inbox'
  | 'engine'
  | 'progress'
  | 'payouts'
  | 'remembered'
  | 'signals'
  | 'holds';

/**
 * What stands against tricks: an account is judged that holds something without a price (`shield`), what was taken of
 * a level stays taken, orders wait for a book that holds, caps are known at the fill, what was told before is judged
 * first (`unjudged`), a command asks for what is due (`door`), trades are dated by the venue, an unseen level has a
 * queue, payouts go by their rules.
 */
type AgainstTricks =
  | 'shield'
  | 'taken'
  | 'confirmation'
  | 'caps'
  | 'unjudged'
  | 'door'
  | 'dating'
  | 'queues'
  | 'payout_rules';

/**
 * What stands against accidents: a limit is broken for a while before it fails anybody (`duration`), the last good
 * prices are known when there are none, a delisted coin is settled, what gets out may be as small as it likes, orders
 * follow the steps of their instrument (`grid`), an order remembers its exact fee, what cannot be kept is not tried
 * again (`bounds`), and every process has the same time zones.
 */
type AgainstAccidents = 'duration' | 'last_prices' | 'delisting' | 'way_out' | 'grid' | 'fees' | 'bounds' | 'zones';

export type Sabotage = 'none' | Kept | AgainstTricks | AgainstAccidents;

export const sabotagedOutbox = (outbox: Outbox, sabotage: Sabotage): Outbox =>
  sabotage !== 'outbox'
    ? outbox
    : {
        ...outbox,
        unsent: async (limit) => {
          const rows = await outbox.unsent(limit);
          await outbox.markSent(rows.map(({ eventId }) => eventId));
          return rows;
        },
      };

/** Nothing is kept of what was told: whoever decides by it finds that nothing happened. */
export const sabotagedPrices = (told: ToldPrices, sabotage: Sabotage): ToldPrices =>
  sabotage !== 'unjudged' && sabotage !== 'shield'
    ? told
    : { lately: async () => ({ reach: instant(0), spans: new Map() }), tops: async () => [] };

type Settling = Pick<SettleParts, 'settlements' | 'signals'> & { readonly settlements: SettlementStore };

/** What was paid is forgotten, or what was remembered at the time; or nobody is told of a verdict on a wrong payout. */
export function sabotagedSettling<T extends Settling>(settling: T, sabotage: Sabotage): T {
  const { settlements, signals } = settling;
  if (sabotage === 'payouts') return { ...settling, settlements: { ...settlements, of: async () => [] } };
  if (sabotage === 'signals') return { ...settling, signals: { ...signals, keep: async () => 0 } };
  if (sabotage !== 'remembered') return settling;
  const moves: SettlementStore['moves'] = async (id) => (await settlements.moves(id)).map(forgetful);
  return { ...settling, settlements: { ...settlements, moves } };
}

const forgetful = (move: KeptEvent): KeptEvent =>
  move.kind === 'fill'
    ? move
    : {
        ...move,
        settlement: { ...move.settlement, before: { ...move.settlement.before, day: '2026-01-01', warned: {} } },
      };

/** What is taken without its memory: every level is whole, for whoever comes, as often as they come. */
export const sabotagedTaken = (taken: TakenLiquidity, sabotage: Sabotage): TakenLiquidity =>
  sabotage !== 'taken'
    ? taken
    : {
        of: async () => new Map(),
        reserve: async () => 'reserved',
        giveBack: async () => undefined,
      };

/** A door that asks the least quantity of whoever comes, those who want to get out among them. */
export const placingOrders = (parts: TradingParts, sabotage: Sabotage): ReturnType<typeof placeOrder> =>
  sabotage !== 'way_out'
    ? placeOrder(parts)
    : async (command) => {
        const { instrument, qty } = command.ticket;
        const entry = (await parts.instruments.find([instrument])).get(instrument);
        return entry && qty < entry.qtyMin
          ? refuse('qty_below_minimum', 'qty', `must be at least ${entry.qtyMin}`)
          : placeOrder(parts)(command);
      };
