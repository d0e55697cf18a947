import Stripe from 'stripe';
import { nowSeconds, type StripeEvent } from './objects';

const TIMEOUT_MS = 10_000;
/** Stripe goes on for three days; a laptop's part is back within a minute or not at all. */
const RETRIES_MS = [250, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000];

/** The `Stripe-Signature` header of a body, as Stripe's own library makes it. */
export const signature = (secret: string, payload: string, timestamp = nowSeconds()): string =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });

/** Sends events to one endpoint, signed, again later while it does not answer 2xx. */
export class Webhooks {
  private readonly timers = new Set<NodeJS.Timeout>();
  private isStopped = false;

  constructor(
    private readonly url: string,
    private readonly secret: string,
  ) {}

  deliver(event: StripeEvent, attempt = 0): void {
    void this.post(event).then((isTaken) => {
      const pause = RETRIES_MS[attempt];
      if (isTaken || pause === undefined || this.isStopped) return;
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        this.deliver(event, attempt + 1);
      }, pause);
      this.timers.add(timer);
    });
  }

  /** One delivery, and whether it was taken. */
  async post(event: StripeEvent): Promise<boolean> {
    const body = JSON.stringify(event);
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'stripe-signature': signature(this.secret, body) },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return response.ok;
    } catch {
      return false;
    }
  }

  stop(): void {
    this.isStopped = true;
    for (const timer of this.timers) clearTimeout(timer);
  }
}
