import { type Account, orderOf } from '../../../domain/account/account';
import type { AccountEvent } from '../../../domain/account/account-event';
import type { Order } from '../../../domain/account/order';
import type { Position } from '../../../domain/account/position';
import { amendOrder } from '../../../domain/assessment/commands/amend-order';
import { closePosition, closePositions } from '../../../domain/assessment/commands/close-positions';
import { decideOrder } from '../../../domain/assessment/commands/decide-order';
import { after } from '../../../domain/assessment/context/after';
import type { AssessmentStatus, Blackout, DecisionContext } from '../../../domain/assessment/context/decision-context';
import { cancelOrders } from '../../../domain/assessment/matching/cancel-orders';
import { matchRestingOrders } from '../../../domain/assessment/matching/match-resting-orders';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { type InstrumentId, idOf, type OrderId } from '../../../domain/kernel/ids';
import { type Instant, plusMs } from '../../../domain/kernel/instant';
import { formatPrice, formatQty, ppm, qty } from '../../../domain/kernel/money';
import type { Result } from '../../../domain/kernel/result';
import type { Book } from '../../../domain/market/book';
import type { Instrument } from '../../../domain/market/instrument';
import type { VenueTrade } from '../../../domain/market/venue-trade';
import {
  accountWith,
  at,
  BTC,
  bitcoin,
  bookOf,
  ETH,
  HAIL,
  INSTRUMENTS,
  levelsOf,
  NO,
  NOW,
  POLL,
  RULES,
  YES,
} from '../story';
import { amendmentOf, ticketOf } from './ticket-words';

const FREE = { kind: 'proportional', rate: ppm(0n) } as const;

/** The instruments of a story trade without fees: prices and quantities are what it is about. */
export const free = (instrument: Instrument): Instrument => ({ ...instrument, takerFee: FREE, makerFee: FREE });

const NAMES: Readonly<Record<string, InstrumentId>> = { BTC, ETH, YES, NO, HAIL, POLL };

export type Setting = {
  readonly rules?: Partial<RuleSet>;
  readonly cash?: string;
  readonly positions?: readonly Position[];
  readonly account?: Partial<Account>;
  readonly instruments?: readonly Instrument[];
  readonly status?: AssessmentStatus;
  readonly blackouts?: readonly Blackout[];
};

/** What a story has come to. Its clock moves on a second with every step. */
export type Scene = {
  context: DecisionContext;
  /** How many orders the trader has placed. */
  placed: number;
  readonly events: AccountEvent[];
  /** What each step led to, in words. */
  readonly told: string[];
  /** The latest refusal as the trader reads it: `name field: rule`. */
  refused: string;
};

/** A desk at NOW, where the bid is 100 and the ask 101 unless the story begins otherwise. */
export function sceneOf({ cash = '100000', positions = [], ...setting }: Setting = {}): Scene {
  const made = { fills: 0, exits: 0 };
  const known = [...INSTRUMENTS.values()].map(free);
  const context: DecisionContext = {
    status: setting.status ?? 'active',
    rules: { ...RULES, ...setting.rules },
    account: accountWith(cash, positions, setting.account),
    instruments: new Map([...known, ...(setting.instruments ?? [])].map((each) => [each.id, each])),
    books: new Map([[BTC, bookOf('100@100', '100@101')]]),
    tape: new Map(),
    blackouts: setting.blackouts ?? [],
    nextFillId: () => idOf(`f${++made.fills}`),
    nextOrderId: () => idOf(`x${++made.exits}`),
    at: NOW,
  };
  return { context: context, placed: 0, events: [], told: [], refused: '' };
}

/**
 * Plays the steps of a story, which stand between semicolons, and says what each led to. Steps concern BTC unless they
 * begin with another name.
 *
 *     buy 1 | sell 2 limit 99 ioc | buy 1 stop 105 limit 106 | sell 1 trail 5 | … reduce | … tp 110 sl 90
 *     book 1@100 2@99 / 1@101 | gap | trade sell 25@99 | wait 20 | status closed
 *     amend o1 limit 98 qty 2 | cancel o1 | cancel | close | close all | close all desk
 *
 * Orders of the trader are named o1, o2 …; exits of entries and orders of the desk x1, x2 ….
 */
export function play(story: string, setting: Setting = {}, scene: Scene = sceneOf(setting)): Scene {
  for (const step of story.split(';').map((text) => text.trim())) {
    const [first = '', ...rest] = step.split(/\s+/);
    const instrument = NAMES[first] ?? BTC;
    const words = first in NAMES ? rest : [first, ...rest];
    scene.context = { ...scene.context, at: plusMs(scene.context.at, 1_000) };
    scene.told.push(stepped(scene, instrument, words));
  }
  return scene;
}

/** What the steps of a story led to, between semicolons; a dash where nothing happened. */
export const told = (story: string, setting: Setting = {}): string => play(story, setting).told.join('; ');

/** What the last step of a story led to. */
export const toldLast = (story: string, setting: Setting = {}): string => play(story, setting).told.at(-1) ?? '';

function stepped(scene: Scene, instrument: InstrumentId, words: readonly string[]): string {
  const [verb = '', ...rest] = words;
  const { context } = scene;
  switch (verb) {
    case 'buy':
    case 'sell':
      return decided(scene, decideOrder(context, ticketOf(nextId(scene), instrument, verb, rest)));
    case 'amend':
      return decided(scene, amendOrder(context, idOf(rest[0] ?? ''), amendmentOf(rest.slice(1))));
    case 'cancel': {
      const named = rest[0]
        ? context.account.orders.filter(({ orderId }) => orderId === rest[0])
        : context.account.orders;
      return happened(scene, cancelOrders(context.account, named, 'requested'));
    }
    case 'close':
      return closed(scene, instrument, rest);
    default:
      return happened(scene, worked(scene, instrument, verb, rest));
  }
}

function closed(scene: Scene, instrument: InstrumentId, [scope, by]: readonly string[]): string {
  const { context } = scene;
  if (scope !== 'all') {
    const by = scope === 'desk' ? 'assessment_ended' : 'trader';
    return decided(scene, closePosition(context, instrument, nextId(scene), by));
  }
  const held = context.account.positions.map((position) => position.instrument);
  const events = closePositions(context, held, by === 'desk' ? 'assessment_ended' : 'trader');
  const closings = happened(scene, events);
  const left = scene.context.account.positions.map((position) => `, ${position.instrument} is left`).join('');
  return `${closings}${left}`;
}

/** The market moves, and the orders meet it. */
function worked(
  scene: Scene,
  instrument: InstrumentId,
  verb: string,
  rest: readonly string[],
): readonly AccountEvent[] {
  moveMarket(scene, instrument, verb, rest);
  return matchRestingOrders(scene.context);
}

function moveMarket(scene: Scene, instrument: InstrumentId, verb: string, rest: readonly string[]): void {
  const { context } = scene;
  const { books, tape, instruments } = context;
  const book = books.get(instrument) ?? bookOf('', '', { instrument });
  const next = (change: Partial<Book>) =>
    new Map([...books, [instrument, { ...book, sequence: book.sequence + 1, receivedAt: context.at, ...change }]]);
  switch (verb) {
    case 'book': {
      const [bids = '', asks = ''] = rest.join(' ').split('/');
      scene.context = { ...context, books: next({ bids: levelsOf(bids), asks: levelsOf(asks), quality: 'good' }) };
      return;
    }
    case 'gap':
      scene.context = { ...context, books: next({ quality: 'gapped' }) };
      return;
    case 'trade':
      scene.context = {
        ...context,
        tape: new Map([
          ...tape,
          [instrument, [...(tape.get(instrument) ?? []), tradeOf(context.at, instrument, rest)]],
        ]),
      };
      return;
    case 'wait':
      scene.context = { ...context, at: plusMs(context.at, Number(rest[0]) * 1_000) };
      return;
    case 'status': {
      const known = instruments.get(instrument) ?? bitcoin;
      const status = rest[0] as Instrument['status'];
      scene.context = { ...context, instruments: new Map([...instruments, [instrument, { ...known, status }]]) };
      return;
    }
    default:
      throw new Error(`a story knows no step ${verb}`);
  }
}

const nextId = (scene: Scene): OrderId => idOf(`o${++scene.placed}`);

function decided(scene: Scene, answer: Result<readonly AccountEvent[], string>): string {
  if (answer.ok) return happened(scene, answer.value);
  scene.refused = `${answer.refusal} ${answer.fault?.field}: ${answer.fault?.rule}`;
  return answer.refusal;
}

function happened(scene: Scene, events: readonly AccountEvent[]): string {
  scene.context = after(scene.context, events);
  scene.events.push(...events);
  return events.length === 0 ? '-' : events.map(wordsOf).join(', ');
}

export function wordsOf(event: AccountEvent): string {
  switch (event.kind) {
    case 'order_placed':
      return event.order.terms.type === 'market' ? event.order.orderId : `${event.order.orderId} works`;
    case 'order_filled': {
      const { orderId, liquidity, levels } = event.fill;
      const parts = levels.map(({ price, qty: amount }) => `${formatQty(amount)}@${formatPrice(price)}`);
      return `${orderId} ${liquidity === 'taker' ? 'takes' : 'makes'} ${parts.join(' ')}`;
    }
    case 'order_amended':
      return `${event.order.orderId} amended`;
    case 'order_advanced':
      return `${event.order.orderId} advanced`;
    case 'order_triggered':
      return `${event.order.orderId} triggered`;
    case 'order_cancelled':
      return `${event.order.orderId} ${event.order.cancelReason}`;
    case 'position_settled':
      return `${event.settlement.instrument} settled`;
    case 'day_opened':
    case 'trading_paused':
    case 'account_held':
    case 'account_released':
    case 'stop_corrected':
    case 'limit_warned':
    case 'high_water_raised':
      return event.kind;
  }
}

let trades = 0;

function tradeOf(receivedAt: Instant, instrument: InstrumentId, [taker, level = '']: readonly string[]): VenueTrade {
  const [traded] = levelsOf(level);
  return {
    instrument,
    tradeId: `t-${++trades}`,
    price: traded?.price ?? at('0'),
    qty: traded?.qty ?? qty(0n),
    taker: taker === 'buy' ? 'buy' : 'sell',
    venueAt: receivedAt,
    receivedAt,
  };
}

/** What works, each order with what of it is left: `o1 0.5`. */
export const working = ({ context }: Scene): string =>
  context.account.orders.map((order) => `${order.orderId} ${formatQty(qty(order.qty - order.filledQty))}`).join(', ') ||
  '-';

/** What is held, instrument by instrument. */
export const holding = ({ context }: Scene): string =>
  context.account.positions.map(({ instrument, qty: amount }) => `${instrument} ${formatQty(amount)}`).join(', ') ||
  '-';

export const orderIn = ({ context }: Scene, orderId: string): Order | undefined =>
  orderOf(context.account, idOf(orderId));
