import { type Account, orderOf } from '../../../domain/account/account';
import type { Order } from '../../../domain/account/order';
import type { Position } from '../../../domain/account/position';
import { amendOrder } from '../../../domain/assessment/commands/amend-order';
import { closePosition, closePositions } from '../../../domain/assessment/commands/close-positions';
import { decideOrder } from '../../../domain/assessment/commands/decide-order';
import type { Decided, Happening } from '../../../domain/assessment/context/account-event';
import type { AssessmentStatus, Blackout, Desk } from '../../../domain/assessment/context/decision-context';
import { cancelOrders } from '../../../domain/assessment/matching/cancel-orders';
import { workOrders } from '../../../domain/assessment/matching/match-resting-orders';
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
  desk: Desk;
  /** How many orders the trader has placed. */
  placed: number;
  readonly happenings: Happening[];
  /** What each step led to, in words. */
  readonly told: string[];
  /** The latest refusal as the trader reads it: `name field: rule`. */
  refused: string;
};

/** A desk at NOW, where the bid is 100 and the ask 101 unless the story begins otherwise. */
export function sceneOf({ cash = '100000', positions = [], ...setting }: Setting = {}): Scene {
  const made = { fills: 0, exits: 0 };
  const known = [...INSTRUMENTS.values()].map(free);
  const desk: Desk = {
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
  return { desk, placed: 0, happenings: [], told: [], refused: '' };
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
    scene.desk = { ...scene.desk, at: plusMs(scene.desk.at, 1_000) };
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
  const { desk } = scene;
  switch (verb) {
    case 'buy':
    case 'sell':
      return decided(scene, decideOrder(desk, ticketOf(nextId(scene), instrument, verb, rest)));
    case 'amend':
      return decided(scene, amendOrder(desk, idOf(rest[0] ?? ''), amendmentOf(rest.slice(1))));
    case 'cancel': {
      const named = rest[0] ? desk.account.orders.filter(({ orderId }) => orderId === rest[0]) : desk.account.orders;
      return happened(scene, cancelOrders(desk.account, named, 'requested'));
    }
    case 'close':
      return closed(scene, instrument, rest);
    default:
      return happened(scene, worked(scene, instrument, verb, rest));
  }
}

function closed(scene: Scene, instrument: InstrumentId, [scope, by]: readonly string[]): string {
  const { desk } = scene;
  if (scope !== 'all') {
    const by = scope === 'desk' ? 'assessment_ended' : 'trader';
    return decided(scene, closePosition(desk, instrument, nextId(scene), by));
  }
  const held = desk.account.positions.map((position) => position.instrument);
  const done = closePositions(desk, held, desk.nextOrderId, by === 'desk' ? 'assessment_ended' : 'trader');
  const left = done.unpriced.map((each) => `, ${each} is left`).join('');
  return `${happened(scene, done)}${left}`;
}

/** The market moves, and the orders meet it. */
function worked(scene: Scene, instrument: InstrumentId, verb: string, rest: readonly string[]): Decided {
  moveMarket(scene, instrument, verb, rest);
  return workOrders(scene.desk);
}

function moveMarket(scene: Scene, instrument: InstrumentId, verb: string, rest: readonly string[]): void {
  const { desk } = scene;
  const { books, tape, instruments } = desk;
  const book = books.get(instrument) ?? bookOf('', '', { instrument });
  const next = (change: Partial<Book>) =>
    new Map([...books, [instrument, { ...book, sequence: book.sequence + 1, receivedAt: desk.at, ...change }]]);
  switch (verb) {
    case 'book': {
      const [bids = '', asks = ''] = rest.join(' ').split('/');
      scene.desk = { ...desk, books: next({ bids: levelsOf(bids), asks: levelsOf(asks), quality: 'good' }) };
      return;
    }
    case 'gap':
      scene.desk = { ...desk, books: next({ quality: 'gapped' }) };
      return;
    case 'trade':
      scene.desk = {
        ...desk,
        tape: new Map([...tape, [instrument, [...(tape.get(instrument) ?? []), tradeOf(desk.at, instrument, rest)]]]),
      };
      return;
    case 'wait':
      scene.desk = { ...desk, at: plusMs(desk.at, Number(rest[0]) * 1_000) };
      return;
    case 'status': {
      const known = instruments.get(instrument) ?? bitcoin;
      const status = rest[0] as Instrument['status'];
      scene.desk = { ...desk, instruments: new Map([...instruments, [instrument, { ...known, status }]]) };
      return;
    }
    default:
      throw new Error(`a story knows no step ${verb}`);
  }
}

const nextId = (scene: Scene): OrderId => idOf(`o${++scene.placed}`);

function decided(scene: Scene, answer: Result<Decided, string>): string {
  if (answer.ok) return happened(scene, answer.value);
  scene.refused = `${answer.refusal} ${answer.fault?.field}: ${answer.fault?.rule}`;
  return answer.refusal;
}

function happened(scene: Scene, { account, happenings }: Decided): string {
  scene.desk = { ...scene.desk, account };
  scene.happenings.push(...happenings);
  return happenings.length === 0 ? '-' : happenings.map(wordsOf).join(', ');
}

export function wordsOf(happening: Happening): string {
  switch (happening.kind) {
    case 'order_placed':
      return happening.order ? `${happening.ticket.orderId} works` : happening.ticket.orderId;
    case 'order_filled': {
      const { orderId, liquidity, levels } = happening.fill;
      const parts = levels.map(({ price, qty: amount }) => `${formatQty(amount)}@${formatPrice(price)}`);
      return `${orderId} ${liquidity === 'taker' ? 'takes' : 'makes'} ${parts.join(' ')}`;
    }
    case 'order_amended':
      return `${happening.order.orderId} amended`;
    case 'order_advanced':
      return `${happening.order.orderId} advanced`;
    case 'order_triggered':
      return `${happening.order.orderId} triggered`;
    case 'order_cancelled':
      return `${happening.order.orderId} ${happening.order.cancelReason}`;
    case 'position_settled':
      return `${happening.settlement.instrument} settled`;
    case 'day_opened':
    case 'trading_paused':
    case 'account_held':
    case 'account_released':
    case 'stop_corrected':
    case 'limit_warned':
    case 'high_water_raised':
      return happening.kind;
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
export const working = ({ desk }: Scene): string =>
  desk.account.orders.map((order) => `${order.orderId} ${formatQty(qty(order.qty - order.filledQty))}`).join(', ') ||
  '-';

/** What is held, instrument by instrument. */
export const holding = ({ desk }: Scene): string =>
  desk.account.positions.map(({ instrument, qty: amount }) => `${instrument} ${formatQty(amount)}`).join(', ') || '-';

export const orderIn = ({ desk }: Scene, orderId: string): Order | undefined => orderOf(desk.account, idOf(orderId));
