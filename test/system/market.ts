import { eventually, type Trader } from './trader';

/** The hand on the simulated venues: what the trader sees still comes through connectors, books and checks. */
export class Market {
  constructor(private readonly controlUrl: string) {}

  /** Prices stand still from now on, so that a story's numbers are its own. */
  freeze = (): Promise<void> => this.post('/control/freeze', {});

  /** Moves the truth at once, then waits until the platform's book says so. */
  async move(trader: Trader, instrument: string, price: number): Promise<void> {
    await this.post('/control/price', { instrument, price: `${price}` });
    await eventually(`${instrument} at ${price}`, async () => {
      const { bid, ask } = await this.touch(trader, instrument);
      return Math.abs(bid / price - 1) < 0.002 && Math.abs(ask / price - 1) < 0.002 ? true : undefined;
    });
  }

  setStatus = (instrument: string, status: 'open' | 'halted'): Promise<void> =>
    this.post('/control/status', { instrument, status });

  /** Sockets stay open and say nothing, or speak again. */
  async silence(silent: boolean): Promise<void> {
    for (const venue of ['kraken', 'polymarket']) await this.post('/control/silence', { venue, silent });
  }

  async touch(trader: Trader, instrument: string): Promise<{ readonly bid: number; readonly ask: number }> {
    return eventually(`a good book of ${instrument}`, async () => {
      const { status, body } = await trader.call('GET', `/instruments/${instrument}/book`);
      if (status !== 200 || body.quality !== 'good') return undefined;
      return { bid: Number(body.bids[0]?.price), ask: Number(body.asks[0]?.price) };
    });
  }

  private async post(path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.controlUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
}
