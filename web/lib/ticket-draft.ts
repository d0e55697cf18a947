import type { Instrument, Order, OrderBody, OrderChange, Terms } from './contract';
import { percentFault, percentOfShare, priceFault, qtyFault, type Side, shareOfPercent, tickAt } from './ticket';

export type OrderType = Terms['type'];
type TimeInForce = Extract<Terms, { type: 'limit' }>['timeInForce'];

/** An order while it is being written: all of it text, fields of other types included, so that nothing gets lost. */
export type Draft = {
  readonly type: OrderType;
  readonly qty: string;
  readonly limitPrice: string;
  readonly stopPrice: string;
  readonly trailKind: 'price' | 'share';
  /** A distance in dollars, or in per cent. */
  readonly trail: string;
  readonly timeInForce: TimeInForce['kind'];
  /** As a browser's field for a local date and time has it. */
  readonly expiresAt: string;
  /** Exits that are attached; empty: none. */
  readonly takeProfit: string;
  readonly stopLoss: string;
  readonly reduceOnly: boolean;
};

export const emptyDraft: Draft = {
  type: 'market',
  qty: '',
  limitPrice: '',
  stopPrice: '',
  trailKind: 'price',
  trail: '',
  timeInForce: 'gtc',
  expiresAt: '',
  takeProfit: '',
  stopLoss: '',
  reduceOnly: false,
};

/** The ticket for the next order after one was placed: its kind stays, its figures do not. */
export const freshDraft = ({ type, timeInForce, trailKind }: Draft): Draft => ({
  ...emptyDraft,
  type,
  timeInForce,
  trailKind,
});

/** What of an order that works can be changed, and so has a field of its own there. */
export const AMEND_FIELDS = ['qty', 'limitPrice', 'stopPrice', 'trail', 'timeInForce'] as const;
/** What the ticket has a place for: what is wrong with it is said there. */
export const TICKET_FIELDS = [...AMEND_FIELDS, 'takeProfit', 'stopLoss', 'reduceOnly', 'instrument', 'side'] as const;
export type TicketField = (typeof TICKET_FIELDS)[number];
export type Faults = Readonly<Partial<Record<TicketField, string>>>;

const HAS_LIMIT: ReadonlySet<OrderType> = new Set(['limit', 'stop_limit']);
const HAS_STOP: ReadonlySet<OrderType> = new Set(['stop', 'stop_limit']);

export const hasLimit = ({ type }: Pick<Draft, 'type'>): boolean => HAS_LIMIT.has(type);
export const hasStop = ({ type }: Pick<Draft, 'type'>): boolean => HAS_STOP.has(type);
/** A reduce-only order opens nothing that an exit could be for. */
export const mayHaveExits = ({ reduceOnly }: Pick<Draft, 'reduceOnly'>): boolean => !reduceOnly;

type Listed = Pick<Instrument, 'priceTick' | 'priceBands' | 'qtyStep' | 'qtyMin'>;

/**
 * What the platform would refuse whatever the market does, by field. A quantity that is `there` already, as an order's
 * own or as what is held, may be less than what can be ordered.
 */
export function faultsOf(draft: Draft, listed: Listed, now: number, there?: string): Faults {
  const fault = (text: string) => priceFault(text, tickAt(listed, text));
  const optional = (text: string) => (text.trim() === '' || !mayHaveExits(draft) ? undefined : fault(text));
  const faults: Record<Exclude<TicketField, 'instrument' | 'side'>, string | undefined> = {
    qty: draft.qty.trim() === there ? undefined : qtyFault(draft.qty, listed),
    limitPrice: hasLimit(draft) ? fault(draft.limitPrice) : undefined,
    stopPrice: hasStop(draft) ? fault(draft.stopPrice) : undefined,
    trail: draft.type === 'trailing_stop' ? trailFault(draft, listed.priceTick) : undefined,
    timeInForce: draft.type === 'limit' && draft.timeInForce === 'gtd' ? expiryFault(draft.expiresAt, now) : undefined,
    takeProfit: optional(draft.takeProfit),
    stopLoss: optional(draft.stopLoss),
    reduceOnly: undefined,
  };
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== undefined));
}

const trailFault = ({ trailKind, trail }: Draft, tick: string): string | undefined =>
  trailKind === 'price' ? priceFault(trail, tick) : percentFault(trail);

function expiryFault(text: string, now: number): string | undefined {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return 'Enter a date and a time';
  return at > now ? undefined : 'Must be in the future';
}

/** The terms of a draft without faults. */
export function termsOf(draft: Draft): Terms {
  const limitPrice = draft.limitPrice.trim();
  const stopPrice = draft.stopPrice.trim();
  switch (draft.type) {
    case 'market':
      return { type: 'market' };
    case 'limit':
      return { type: 'limit', limitPrice, timeInForce: timeInForceOf(draft) };
    case 'stop':
      return { type: 'stop', stopPrice };
    case 'stop_limit':
      return { type: 'stop_limit', stopPrice, limitPrice };
    case 'trailing_stop':
      return { type: 'trailing_stop', trail: trailOf(draft) };
  }
}

const timeInForceOf = ({ timeInForce, expiresAt }: Draft): TimeInForce =>
  timeInForce === 'gtd' ? { kind: 'gtd', expiresAt: Date.parse(expiresAt) } : { kind: timeInForce };

const trailOf = ({ trailKind, trail }: Draft) =>
  trailKind === 'price'
    ? ({ kind: 'price', price: trail.trim() } as const)
    : ({ kind: 'share', share: shareOfPercent(trail) } as const);

/** What is sent for a draft without faults; the sender adds the id. */
export type Ticket = OrderBody extends infer B ? (B extends OrderBody ? Omit<B, 'orderId'> : never) : never;

export function ticketOf(draft: Draft, instrument: string, side: Side): Ticket {
  const exit = (text: string) => (mayHaveExits(draft) && text.trim() !== '' ? text.trim() : null);
  return {
    ...termsOf(draft),
    instrument,
    side,
    qty: draft.qty.trim(),
    reduceOnly: draft.reduceOnly,
    takeProfit: exit(draft.takeProfit),
    stopLoss: exit(draft.stopLoss),
  };
}

/** A working order as something to change. */
export function draftOf({ terms, qty, reduceOnly }: Pick<Order, 'terms' | 'qty' | 'reduceOnly'>): Draft {
  const draft: Draft = { ...emptyDraft, type: terms.type, qty, reduceOnly };
  switch (terms.type) {
    case 'market':
      return draft;
    case 'limit': {
      const { limitPrice, timeInForce } = terms;
      const expiresAt = timeInForce.kind === 'gtd' ? localText(timeInForce.expiresAt) : '';
      return { ...draft, limitPrice, timeInForce: timeInForce.kind, expiresAt };
    }
    case 'stop':
      return { ...draft, stopPrice: terms.stopPrice };
    case 'stop_limit':
      return { ...draft, stopPrice: terms.stopPrice, limitPrice: terms.limitPrice };
    case 'trailing_stop':
      return terms.trail.kind === 'price'
        ? { ...draft, trailKind: 'price', trail: terms.trail.price }
        : { ...draft, trailKind: 'share', trail: percentOfShare(terms.trail.share) };
  }
}

/** What of an order a changed draft changes; empty: nothing. */
export function changeOf(before: Draft, after: Draft): OrderChange {
  const differs = (...fields: readonly (keyof Draft)[]) => fields.some((field) => before[field] !== after[field]);
  return {
    ...(differs('qty') && { qty: after.qty.trim() }),
    ...(hasLimit(after) && differs('limitPrice') && { limitPrice: after.limitPrice.trim() }),
    ...(hasStop(after) && differs('stopPrice') && { stopPrice: after.stopPrice.trim() }),
    ...(after.type === 'trailing_stop' && differs('trail', 'trailKind') && { trail: trailOf(after) }),
    ...(after.type === 'limit' && differs('timeInForce', 'expiresAt') && { timeInForce: timeInForceOf(after) }),
  };
}

/** An instant as a browser's field for a local date and time wants it. */
export const localText = (at: number): string =>
  new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
