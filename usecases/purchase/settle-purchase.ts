import type { HoldKind } from '../../domain/kernel/hold-kind';
import type { EventId, PurchaseId } from '../../domain/kernel/ids';
import { formatUsd } from '../../domain/kernel/money';
import {
  decidePayment,
  evolvePayment,
  holdOf,
  type Notice,
  type PaymentEvent,
  statusOf,
} from '../../domain/purchase/payment';
import { CONFLICT, CONFLICTS_MAX, failAsBusy, withOptimisticRetry } from '../concurrency/optimistic-retry';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { OutboxMessage } from '../ports/events/outbox-message';
import type { PaymentProvider } from '../ports/purchase/payment-provider';
import type {
  Message,
  MessageOutcome,
  Purchase,
  PurchaseSettlement,
  PurchaseStore,
} from '../ports/purchase/purchase-store';

/** A verified message of the provider. Without a notice it tells nothing that concerns us. */
export type ProviderMessage = Omit<Message, 'receivedAt'> & {
  /**
   * Messages of refunds and disputes come in any order, and say what was true when they were written: they only tell
   * that there is something to ask the provider for.
   */
  readonly notice: Exclude<Notice, { readonly type: 'reversals' }> | { readonly type: 'reversed' } | undefined;
  /** Some messages name the purchase and its checkout, others only the payment. */
  readonly purchaseId: PurchaseId | undefined;
  readonly checkoutId: string | undefined;
  readonly paymentId: string | undefined;
};

export type SettlePurchaseParts = {
  readonly purchases: PurchaseStore;
  readonly provider: Pick<PaymentProvider, 'purchaseOf' | 'reversalsOf'>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Whether what was granted is held while its payment is disputed, and once it went back: a choice of the firm. */
  readonly holdsUnpaid: boolean;
};

/**
 * Takes in what the provider says about a purchase, once per message, in whatever order messages come. The only thing
 * that grants an assessment.
 */
export const settlePurchase =
  (parts: SettlePurchaseParts) =>
  async (told: ProviderMessage, trace: Trace): Promise<MessageOutcome | 'duplicate'> => {
    const { purchases, clock } = parts;
    const { messageId, type, createdAt, notice } = told;
    const message: Message = { messageId, type, createdAt, receivedAt: clock.now() };
    const kept = async (outcome: MessageOutcome, purchaseId?: PurchaseId) => {
      await purchases.keepMessage(message, outcome, purchaseId);
      return outcome;
    };
    if (await purchases.isKnownMessage(messageId)) return 'duplicate';
    if (!notice) return kept('ignored');
    const purchaseId = await purchaseOf(parts, told);
    if (purchaseId === undefined) return kept('purchase_unknown');
    const attempt = async (): Promise<MessageOutcome | 'duplicate' | typeof CONFLICT> => {
      const purchase = await purchases.find(purchaseId);
      if (!purchase) return kept('purchase_unknown');
      const said = await saidOf(parts, purchase, told);
      if (!said) return kept('ignored', purchaseId);
      const decided = decidePayment(said, purchase.payment, purchase.priceUsd);
      if (!decided.ok) return kept(decided.refusal, purchaseId);
      const settlement = settlementOf(parts, purchase, decided.value, { told, receivedAt: message.receivedAt, trace });
      if ((await purchases.settle(purchase, message, settlement)) === 'settled') return 'applied';
      return (await purchases.isKnownMessage(messageId)) ? 'duplicate' : CONFLICT;
    };
    // The provider sends a message again that was not answered.
    return withOptimisticRetry(CONFLICTS_MAX, attempt, failAsBusy(`purchase ${purchaseId}`));
  };

/** From the message, from the payment that an earlier message named, or from the provider itself. */
async function purchaseOf(
  { purchases, provider }: SettlePurchaseParts,
  { purchaseId, paymentId }: ProviderMessage,
): Promise<PurchaseId | undefined> {
  if (purchaseId !== undefined || paymentId === undefined) return purchaseId;
  return (await purchases.findByPayment(paymentId)) ?? (await provider.purchaseOf(paymentId));
}

/**
 * What a message says about this purchase. The provider is asked after the purchase was read, which is saved only if
 * nobody saved it since: an older answer never goes over a newer one. That a checkout ran out which is not the one that
 * the buyer was given says nothing.
 */
async function saidOf(
  { provider }: SettlePurchaseParts,
  { checkout }: Purchase,
  { notice, checkoutId, paymentId }: ProviderMessage,
): Promise<Notice | undefined> {
  if (notice?.type === 'expired' && checkout && checkout.checkoutId !== checkoutId) return undefined;
  if (notice?.type !== 'reversed') return notice;
  return paymentId === undefined ? undefined : { type: 'reversals', ...(await provider.reversalsOf(paymentId)) };
}

type Delivery = {
  readonly told: ProviderMessage;
  readonly receivedAt: Message['receivedAt'];
  readonly trace: Trace;
};

function settlementOf(
  { ids, holdsUnpaid }: SettlePurchaseParts,
  purchase: Purchase,
  events: readonly PaymentEvent[],
  { told, receivedAt, trace }: Delivery,
): PurchaseSettlement {
  const { messageId, type } = told;
  const payment = events.reduce(evolvePayment, purchase.payment);
  const isGrant = events.some((event) => event.type === 'granted');
  const status = statusOf(payment, purchase.priceUsd);
  const reversal = holdOf(payment, purchase.priceUsd);
  const hold = holdsUnpaid ? reversal : null;
  const isChanged = reversal !== holdOf(purchase.payment, purchase.priceUsd) || hold !== purchase.hold;
  const messagesOf = (): readonly OutboxMessage[] => {
    const envelope = { ...trace, eventId: ids.next<EventId>(), occurredAt: receivedAt };
    if (isGrant) return [completedBy(purchase, envelope)];
    return payment.isGranted && isChanged ? [changedBy(purchase, reversal, envelope)] : [];
  };
  return {
    payment,
    hold,
    paymentId: told.paymentId,
    messages: messagesOf(),
    audit: {
      auditId: ids.next<string>(),
      at: receivedAt,
      actor: 'payment-provider',
      action: isGrant ? 'purchase.granted' : 'purchase.settled',
      subject: purchase.purchaseId,
      detail: { messageId, type, status, refundedUsd: formatUsd(payment.refundedUsd) },
      correlationId: trace.correlationId,
    },
  };
}

type Envelope = Pick<OutboxMessage, 'eventId' | 'occurredAt' | keyof Trace>;

/** The assessment's id is the key: all that follows from the purchase concerns it. */
const completedBy = (
  { purchaseId, assessmentId, userId, tierId, ruleSetVersion, ruleSetHash, priceUsd }: Purchase,
  envelope: Envelope,
): OutboxMessage => ({
  ...envelope,
  type: 'payment.purchase-completed',
  key: assessmentId,
  accountVersion: null,
  data: { purchaseId, assessmentId, userId, tierId, ruleSetVersion, ruleSetHash, paidUsd: priceUsd },
});

const changedBy = (
  { purchaseId, assessmentId, userId }: Purchase,
  reversal: HoldKind | null,
  envelope: Envelope,
): OutboxMessage => ({
  ...envelope,
  type: 'payment.purchase-changed',
  key: assessmentId,
  accountVersion: null,
  data: { purchaseId, assessmentId, userId, reversal },
});
