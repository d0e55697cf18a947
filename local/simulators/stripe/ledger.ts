import {
  type Charge,
  type Dispute,
  type DisputeStatus,
  type Intent,
  makeId,
  nowSeconds,
  type Refund,
  type Session,
  type StripeEvent,
  type StripeObject,
} from './objects';

const API_VERSION = '2025-09-30.clover';

/** Everything that the stand-in knows, and each thing that happens to it as an event. */
export class StripeLedger {
  readonly sessions = new Map<string, Session>();
  readonly intents = new Map<string, Intent>();
  readonly charges = new Map<string, Charge>();
  readonly refunds = new Map<string, Refund>();
  readonly disputes = new Map<string, Dispute>();
  readonly events: StripeEvent[] = [];

  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(private readonly onEvent: (event: StripeEvent) => void) {}

  /** A session that is not paid in time expires by itself. */
  open(session: Session): void {
    this.sessions.set(session.id, session);
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        if (session.status === 'open') this.expire(session);
      },
      session.expires_at * 1_000 - Date.now(),
    );
    this.timers.add(timer);
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  /** The card was accepted: intent and charge come to be, the session is complete. */
  pay(session: Session, intentMetadata: Readonly<Record<string, string>>): void {
    const { amount_total: amount, currency } = session;
    const chargeId = makeId('ch');
    const common = { amount, currency, metadata: intentMetadata, created: nowSeconds(), livemode: false as const };
    const intent: Intent = {
      ...common,
      id: makeId('pi'),
      object: 'payment_intent',
      status: 'succeeded',
      latest_charge: chargeId,
    };
    const charge: Charge = {
      ...common,
      id: chargeId,
      object: 'charge',
      payment_intent: intent.id,
      paid: true,
      status: 'succeeded',
      amount_refunded: 0,
      refunded: false,
      disputed: false,
    };
    this.intents.set(intent.id, intent);
    this.charges.set(charge.id, charge);
    Object.assign(session, { status: 'complete', payment_status: 'paid', payment_intent: intent.id, url: null });
    this.tell('payment_intent.succeeded', intent);
    this.tell('charge.succeeded', charge);
    this.tell('checkout.session.completed', session);
  }

  expire(session: Session): void {
    Object.assign(session, { status: 'expired', url: null });
    this.tell('checkout.session.expired', session);
  }

  refund(charge: Charge, amount: number): Refund {
    const refund: Refund = {
      id: makeId('re'),
      object: 'refund',
      amount,
      currency: charge.currency,
      charge: charge.id,
      payment_intent: charge.payment_intent,
      created: nowSeconds(),
      status: 'succeeded',
    };
    this.refunds.set(refund.id, refund);
    charge.amount_refunded += amount;
    charge.refunded = charge.amount_refunded === charge.amount;
    this.tell('refund.created', refund);
    this.tell('charge.refunded', charge);
    return refund;
  }

  /** The buyer's bank sends the money back, days later: the account of the card was closed. */
  failRefund(refund: Refund): void {
    const charge = this.charges.get(refund.charge);
    if (!charge || refund.status === 'failed') return;
    refund.status = 'failed';
    charge.amount_refunded -= refund.amount;
    charge.refunded = false;
    this.tell('refund.failed', refund);
    this.tell('refund.updated', refund);
    this.tell('charge.refund.updated', refund);
  }

  dispute(charge: Charge, status: DisputeStatus = 'needs_response'): Dispute {
    const dispute: Dispute = {
      id: makeId('du'),
      object: 'dispute',
      amount: charge.amount,
      currency: charge.currency,
      charge: charge.id,
      payment_intent: charge.payment_intent,
      metadata: {},
      reason: 'fraudulent',
      created: nowSeconds(),
      livemode: false,
      status,
    };
    this.disputes.set(dispute.id, dispute);
    charge.disputed = true;
    this.tell('charge.dispute.created', dispute);
    return dispute;
  }

  /** An inquiry becomes a dispute, a dispute that was won is lost in the end, and so on. */
  moveDispute(dispute: Dispute, status: DisputeStatus): void {
    dispute.status = status;
    const isClosed = status === 'won' || status === 'lost' || status === 'warning_closed';
    this.tell(isClosed ? 'charge.dispute.closed' : 'charge.dispute.updated', dispute);
  }

  chargeOf = (session: Session): Charge | undefined =>
    [...this.charges.values()].find(({ payment_intent }) => payment_intent === session.payment_intent);

  private tell(type: string, object: StripeObject): void {
    const event: StripeEvent = {
      id: makeId('evt'),
      object: 'event',
      api_version: API_VERSION,
      created: nowSeconds(),
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
      data: { object: structuredClone(object) },
    };
    this.events.push(event);
    this.onEvent(event);
  }
}
