import { randomUUID } from 'node:crypto';
import type { StripeEvent } from '../../../local/simulators/stripe/objects';
import { signature } from '../../../local/simulators/stripe/webhooks';
import { type Answer, type FunctionWorld, signedIn, WEBHOOK_SECRETS } from './world';

export const TIER = 'sprint-10k';

/** A buyer, and the provider's side of what is bought; messages go out only when a test sends them. */
export class Shopper {
  private constructor(
    readonly world: FunctionWorld,
    readonly token: string,
  ) {}

  static async enter(world: FunctionWorld): Promise<Shopper> {
    return new Shopper(world, (await signedIn(world)).token);
  }

  start = (purchaseId: string, tierSlug = TIER, token = this.token): Promise<Answer> =>
    this.world.call('POST /purchases', { body: { purchaseId, tierSlug }, token });

  async opened(start: (purchaseId: string) => Promise<Answer> = (id) => this.start(id)) {
    const purchaseId = randomUUID();
    const { status, body } = await start(purchaseId);
    expect(status).toBe(201);
    return { purchaseId, checkoutUrl: body.checkoutUrl as string };
  }

  /** Pays at the checkout page. */
  async paid(start?: (purchaseId: string) => Promise<Answer>) {
    const { purchaseId, checkoutUrl } = await this.opened(start);
    const page = await (await fetch(checkoutUrl)).text();
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? '';
    const card = new URLSearchParams({ card: '4242424242424242', expiry: '12/34', cvc: '123', name: 'Ann' });
    const answer = await fetch(new URL(action, checkoutUrl), { method: 'POST', body: card, redirect: 'manual' });
    expect(answer.headers.get('location')).toContain(`/checkout/complete/?purchase=${purchaseId}`);
    const { charge, ...rest } = this.provider(purchaseId);
    if (!charge) throw new Error(`${purchaseId} has no charge`);
    return { purchaseId, charge, ...rest };
  }

  /** The provider's objects of a purchase, and the newest event of a type about them. */
  provider(purchaseId: string) {
    const { ledger } = this.world.stripe;
    const session = [...ledger.sessions.values()].find((one) => one.client_reference_id === purchaseId);
    if (!session) throw new Error(`no checkout for ${purchaseId}`);
    const charge = ledger.chargeOf(session);
    const about = (type: string): StripeEvent => {
      const found = ledger.events.filter((event) => {
        const object = event.data.object as { id: string; charge?: string };
        return event.type === type && [session.id, charge?.id].some((id) => id === object.id || id === object.charge);
      });
      return found.at(-1) as StripeEvent;
    };
    return { session, charge, about };
  }

  send = (event: unknown, secret: string = WEBHOOK_SECRETS[0]): Promise<Answer> => {
    const raw = JSON.stringify(event);
    return this.world.call('POST /webhooks/stripe', { raw, headers: { 'stripe-signature': signature(secret, raw) } });
  };

  read = async (purchaseId: string) =>
    (await this.world.call(`GET /purchases/${purchaseId}`, { token: this.token })).body;

  /** How often the assessment of a purchase was granted. */
  async grants(purchaseId: string): Promise<number> {
    const { rows } = await this.world.pool.query(
      `SELECT count(*)::INT4 AS n FROM outbox WHERE topic = 'payment' AND body LIKE $1`,
      [`%purchase-completed%${purchaseId}%`],
    );
    return rows[0].n as number;
  }
}
