import type { Side } from '../../../domain/account/order';
import type { Position } from '../../../domain/account/position';
import { decideOrder, type OrderDecision } from '../../../domain/assessment/decide-order';
import { idOf } from '../../../domain/kernel/ids';
import { ppm } from '../../../domain/kernel/money';
import type { Quote } from '../../../domain/market/book';
import type { Instrument, TakerFee } from '../../../domain/market/instrument';
import { accountWith, bitcoin, bookOf, dollars, INSTRUMENTS, marks, NOW, quoteOn, RULES, units } from '../story';

const FREE: TakerFee = { kind: 'proportional', rate: ppm(0n) };

type Story = {
  readonly cash?: string;
  readonly positions?: readonly Position[];
  readonly instrument?: Instrument;
  readonly book?: readonly [bids: string, asks: string];
  /** Of what is held beside the instrument ordered. */
  readonly quotes?: readonly Quote[];
  readonly change?: Partial<OrderDecision>;
};

/** An order on a deep book at 60,000 (0.50 for outcomes), without fees, unless the story says otherwise. */
export function decision(side: Side, amount: string, story: Story = {}): OrderDecision {
  const instrument = story.instrument ?? { ...bitcoin, takerFee: FREE };
  const each = instrument.kind === 'spot' ? '60000' : '0.5';
  const [bids, asks] = story.book ?? [`999999@${each}`, `999999@${each}`];
  const book = bookOf(bids, asks, { instrument: instrument.id, venue: instrument.venue });
  const [bid, ask] = [book.bids[0], book.asks[0]];
  const own = bid && ask ? [{ ...quoteOn(instrument.id, '1'), bid, ask }] : [];
  return {
    status: 'active',
    rules: { ...RULES, riskPerTradeUsd: dollars('500') },
    account: accountWith(story.cash ?? '100000', story.positions),
    ticket: { orderId: idOf('o-1'), instrument: instrument.id, side, qty: units(amount) },
    instrument,
    instruments: INSTRUMENTS,
    book,
    marks: marks(...own, ...(story.quotes ?? [])),
    made: { fillId: idOf('f-1'), at: NOW },
    ...story.change,
  };
}

/** `filled`, or the refusal with its fault. */
export const answer = (given: OrderDecision): string => {
  const decided = decideOrder(given);
  return decided.ok ? 'filled' : `${decided.refusal} ${decided.fault?.field}: ${decided.fault?.rule}`;
};
