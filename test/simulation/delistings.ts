import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { midOf } from '../../domain/market/mid';
import { DELISTED_FOR_MS, settleDelisted } from '../../usecases/market-data/settle-delisted';
import type { KeptAccount } from '../fakes/memory-world';
import type { System } from './system';

/** Coins that their venue lists no more. A day later the shipped use case settles them, unless they are back. */
export class Delistings {
  private readonly gone = new Map<InstrumentId, Instant>();
  private readonly settling;

  constructor(private readonly system: System) {
    const { market, history, clock } = system;
    this.settling = settleDelisted({
      catalogue: {
        delisted: async (before) =>
          [...this.gone].flatMap(([id, since]) => (since <= before ? (market.entry(id) ?? []) : [])),
      },
      candles: {
        lastMark: async (id) =>
          history.quotes
            .filter(({ instrument }) => instrument === id)
            .flatMap((quote) => midOf(quote) ?? [])
            .at(-1),
      },
      publishInstruments: async (instruments) => {
        for (const { id, status, payout } of instruments) {
          market.change(id, { status, payout }, system.now);
          this.gone.delete(id);
        }
      },
      clock,
    });
  }

  delist(id: InstrumentId): void {
    const { market, now } = this.system;
    if (!market.book(id) || market.entry(id)?.status !== 'open') return;
    market.withdraw(id, now);
    market.change(id, { status: 'closed' }, now);
    this.gone.set(id, now);
  }

  /** The venue lists it again: its next book is a good one. */
  relist(id: InstrumentId): void {
    if (this.gone.delete(id)) this.system.market.change(id, { status: 'open' }, this.system.now);
  }

  isGone(id: InstrumentId): boolean {
    return this.gone.has(id);
  }

  /** What market-data does each minute. */
  async settle(): Promise<void> {
    if (this.system.sabotage !== 'delisting') await this.settling();
  }

  /** O11: nobody holds what has been gone for a day, and no order works in it. */
  findings({ snapshot: { accountId, account } }: KeptAccount): readonly string[] {
    const since = this.system.now - DELISTED_FOR_MS;
    return [...this.gone].flatMap(([id, goneAt]) => {
      const left = [...account.positions, ...account.orders].some(({ instrument }) => instrument === id);
      return goneAt <= since && left ? [`O11: ${accountId} holds or orders ${id}, which is gone`] : [];
    });
  }
}
