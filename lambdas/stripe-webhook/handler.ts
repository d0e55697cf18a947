import { webhookRoutes } from '../../contracts/http/purchases';
import { STRIPE_SIGNATURE_HEADER } from '../../contracts/webhooks/stripe';
import { ok } from '../../runtime/answers';
import { readStripeMessage, settlement } from '../../runtime/compose/settlement';
import { httpFunction } from '../../runtime/http';
import { makeLogger } from '../../runtime/log';

const log = makeLogger();

export const handler = httpFunction(webhookRoutes, {
  stripe: async ({ raw, event, trace }) => {
    const message = await readStripeMessage(raw(), event.headers[STRIPE_SIGNATURE_HEADER]);
    if (!message.ok) return message;
    const { messageId, type } = message.value;
    const outcome = await (await settlement())(message.value, trace);
    const line = { ...trace, messageId, type, outcome };
    if (outcome === 'amount_mismatch') log.error(line, 'a payment is not the price of its purchase');
    else log.info(line, 'the payment provider reported');
    return ok({ received: true as const });
  },
});
