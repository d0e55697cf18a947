import type { VenueTrade } from '../../../domain/market/venue-trade';
import type { Levels } from '../teller';

/** So many trades at a best price, or beyond it, are looked at together. */
const LOOKED_AT = 50;
const WRONG_MAX = LOOKED_AT / 2;

/**
 * Whether trades name the side that we take them for: who buys pays the best ask, who sells gets the best bid. Nobody
 * documents it for this feed, and a trade fills resting orders by it.
 */
export class SideCheck {
  private seen = 0;
  private wrong = 0;

  constructor(private readonly onWrong: () => void) {}

  take({ price, taker }: VenueTrade, { bids, asks }: Levels): void {
    const [bid, ask] = [bids[0]?.price, asks[0]?.price];
    if (bid === undefined || ask === undefined || (price > bid && price < ask)) return;
    const truly = price >= ask ? 'buy' : 'sell';
    this.seen += 1;
    if (truly !== taker) this.wrong += 1;
    if (this.seen < LOOKED_AT) return;
    if (this.wrong > WRONG_MAX) this.onWrong();
    this.seen = 0;
    this.wrong = 0;
  }
}
