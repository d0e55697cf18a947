import type { Clock } from '../../../usecases/ports/clock-and-ids';
import { RestPaused } from '../rest';

const MINUTE_MS = 60_000;
/** Binance's limit of request weight for one address in a minute, until it names its own. */
const LIMIT = 6_000;
/** What is left over is for others behind the same address. */
const SHARE = 0.8;

/** How much of its request weight Binance has given us this minute: whoever goes beyond it is banned. */
export class Weights {
  private limit = LIMIT;
  private used = 0;
  private minute = 0;

  constructor(private readonly clock: Clock) {}

  /** Throws RestPaused where this weight has to wait for the next minute. */
  spend(weight: number): void {
    const now = this.clock.now();
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.minute) [this.minute, this.used] = [minute, 0];
    if (this.used + weight > this.limit * SHARE) throw new RestPaused((minute + 1) * MINUTE_MS - now);
    this.used += weight;
  }

  /** The venue's own count, with what others spent (`X-MBX-USED-WEIGHT-1M`). */
  hear(headers: Headers): void {
    const told = Number(headers.get('x-mbx-used-weight-1m') ?? Number.NaN);
    if (Number.isSafeInteger(told)) this.used = Math.max(this.used, told);
  }

  limitTo(limit: number): void {
    this.limit = limit;
  }
}
