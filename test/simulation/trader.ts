import type { OrderTicket, Side, Terms } from '../../domain/account/orders/order';
import { type AccountId, type InstrumentId, idOf, type OrderId, type UserId } from '../../domain/kernel/ids';
import { type Price, ppm, price, qty } from '../../domain/kernel/money';
import type { Result } from '../../domain/kernel/result';
import type { SeededRandom } from '../../local/simulators/truth/random';
import type { OrderAnswer } from '../../usecases/trading/place-order';
import { BTC, NO, YES } from '../fixtures/domain-story';
import { type Market, pick } from './market';

export type Owner = { readonly accountId: AccountId; readonly userId: UserId };

type Answer = Result<OrderAnswer, string>;

/** An order as its sender knows it: what was asked, and every answer that came. */
export type Asked = {
  readonly owner: Owner;
  readonly ticket: OrderTicket;
  sent: number;
  readonly answers: Answer[];
};

/** Traders who order all kinds of things and who, when no answer comes, ask again under the same id. */
export class Traders {
  readonly asked = new Map<OrderId, Asked>();
  private made = 0;

  constructor(
    private readonly random: SeededRandom,
    private readonly market: Market,
    readonly owners: readonly Owner[],
  ) {}

  owner(): Owner {
    const [owner] = pick(this.random, this.owners);
    if (!owner) throw new Error('there are traders');
    return owner;
  }

  /** A new order, an earlier one again, or an earlier id with another payload. */
  next(): Asked {
    const known = [...this.asked.values()];
    const again = this.random.next() < 0.15 ? pick(this.random, known)[0] : undefined;
    if (again) return again;
    const owner = this.owner();
    const ticket = this.ticket();
    const asked: Asked = { owner, ticket, sent: 0, answers: [] };
    this.asked.set(ticket.orderId, asked);
    return asked;
  }

  /** Those whose sender still waits: a refusal of one copy says nothing about another. */
  unanswered(): readonly Asked[] {
    return [...this.asked.values()].filter(({ sent, answers }) => answers.length < sent);
  }

  private ticket(): OrderTicket {
    const { random } = this;
    const [instrument = BTC] = pick(random, [BTC, BTC, idOf<InstrumentId>('ETH-USD'), ...this.outcomes()]);
    const side: Side = random.next() < 0.55 ? 'buy' : 'sell';
    const isOutcome = instrument === YES || instrument === NO;
    const steps = isOutcome ? random.whole(100, 40_000) : random.whole(10, instrument === BTC ? 4_000 : 60_000);
    this.made += 1;
    return {
      orderId: idOf(`00000000-0000-7000-a000-${String(this.made).padStart(12, '0')}`),
      instrument,
      side,
      qty: qty(BigInt(steps) * (isOutcome ? 1_000_000n : 10_000n)),
      terms: this.terms(instrument, side),
      reduceOnly: random.next() < 0.15,
      attached: random.next() < 0.25 ? this.exits(instrument, side) : null,
    };
  }

  /** Until they end; afterwards few try. */
  private outcomes(): readonly InstrumentId[] {
    return this.market.isResolved ? [YES] : [YES, NO, YES, NO];
  }

  private terms(instrument: InstrumentId, side: Side): Terms {
    const { random } = this;
    const kind = random.whole(0, 9);
    const away = side === 'buy' ? 1 : -1;
    if (kind < 5) return { type: 'market' };
    if (kind < 7) {
      const limitPrice =
        random.next() < 0.7
          ? this.queued(instrument, side)
          : this.near(instrument, away * random.between(-0.02, 0.004));
      return { type: 'limit', limitPrice, timeInForce: { kind: pick(random, FORCES)[0] ?? 'gtc' } };
    }
    const stopPrice = this.near(instrument, away * random.between(0.001, 0.02));
    if (kind === 7) return { type: 'stop', stopPrice };
    if (kind === 8) {
      const limitPrice = this.near(instrument, away * random.between(0.0, 0.03));
      return { type: 'stop_limit', stopPrice, limitPrice };
    }
    return { type: 'trailing_stop', trail: { kind: 'share', share: ppm(BigInt(random.whole(2_000, 30_000))) } };
  }

  private exits(instrument: InstrumentId, side: Side): NonNullable<OrderTicket['attached']> {
    const up = side === 'buy' ? 1 : -1;
    const { random } = this;
    return {
      takeProfit: random.next() < 0.7 ? this.near(instrument, up * random.between(0.005, 0.05)) : null,
      stopLoss: this.near(instrument, -up * random.between(0.005, 0.05)),
    };
  }

  /** A price at which others stand already. */
  private queued(instrument: InstrumentId, side: Side): Price {
    const book = this.market.book(instrument);
    const [level] = pick(this.random, (side === 'buy' ? book?.bids : book?.asks) ?? []);
    return level?.price ?? this.near(instrument, 0);
  }

  /** A price on the tick, this share away from the middle of the book. */
  private near(instrument: InstrumentId, share: number): Price {
    const book = this.market.book(instrument);
    const [bid, ask] = [book?.bids[0]?.price ?? 1n, book?.asks[0]?.price ?? 1n];
    const tick = instrument === YES || instrument === NO ? 1_000_000n : 10_000_000n;
    const wanted = ((bid + ask) / 2n / tick) * tick;
    const moved = (wanted * BigInt(Math.round((1 + share) * 1e6))) / 1_000_000n;
    const units = (moved / tick) * tick;
    return price(units > tick ? units : tick);
  }
}

const FORCES = ['gtc', 'gtc', 'ioc', 'fok'] as const;
