import { createHash } from 'node:crypto';
import { type Form, mapAt, textAt } from './form';
import type { StripeLedger } from './ledger';
import { makeId, nowSeconds, type Session } from './objects';

export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly form: Form;
  readonly authorization: string;
  readonly idempotencyKey: string | undefined;
};

export type ApiAnswer = { readonly status: number; readonly body: unknown; readonly isReplay?: boolean };

type Answered = { readonly fingerprint: string; readonly answer: ApiAnswer };

const DAY_S = 86_400;
const HALF_AN_HOUR_S = 1_800;

/** Stripe's REST API as far as a Checkout needs it, with its errors and its idempotency. */
export class StripeApi {
  private readonly answered = new Map<string, Answered>();
  /** The next POST breaks while it runs. */
  isBroken = false;
  readonly intentMetadata = new Map<string, Readonly<Record<string, string>>>();

  constructor(
    private readonly ledger: StripeLedger,
    private readonly options: { readonly apiKey: string; readonly publicUrl: string },
  ) {}

  answer(request: ApiRequest): ApiAnswer {
    const basic = `Basic ${Buffer.from(`${this.options.apiKey}:`).toString('base64')}`;
    if (![`Bearer ${this.options.apiKey}`, basic].includes(request.authorization)) {
      return failure(401, 'invalid_request_error', 'Invalid API Key provided');
    }
    const { idempotencyKey: key } = request;
    if (request.method !== 'POST' || key === undefined) return this.route(request);
    const fingerprint = createHash('sha256').update(`${request.path}\n${request.body}`).digest('hex');
    const known = this.answered.get(key);
    if (known && known.fingerprint !== fingerprint) {
      const words = 'Keys for idempotent requests can only be used with the same parameters they were first used with.';
      return failure(400, 'idempotency_error', words);
    }
    if (known) return { ...known.answer, isReplay: true };
    const answer = this.isBroken ? failure(500, 'api_error', 'An error occurred on our side.') : this.route(request);
    this.isBroken = false;
    // Kept is all that began to run, a 500 as well; what was refused for its parameters never ran.
    // https://docs.stripe.com/api/idempotent_requests
    const hasRun = answer.status < 400 || answer.status >= 500;
    if (hasRun) this.answered.set(key, { fingerprint, answer: structuredClone(answer) });
    return answer;
  }

  private route({ method, path, query, form }: ApiRequest): ApiAnswer {
    const [, kind = '', id = '', verb = ''] =
      /^\/v1\/(checkout\/sessions|[a-z_]+)(?:\/([^/]+))?(?:\/(\w+))?$/.exec(path) ?? [];
    const call = `${method} ${kind}${id ? '/{id}' : ''}${verb ? `/${verb}` : ''}`;
    switch (call) {
      case 'POST checkout/sessions':
        return this.createSession(form);
      case 'GET checkout/sessions/{id}':
        return found(this.ledger.sessions.get(id), 'checkout.session', id);
      case 'POST checkout/sessions/{id}/expire':
        return this.expire(id);
      case 'GET payment_intents/{id}':
        return found(this.ledger.intents.get(id), 'payment_intent', id);
      case 'GET charges/{id}':
        return found(this.ledger.charges.get(id), 'charge', id);
      case 'GET disputes/{id}':
        return found(this.ledger.disputes.get(id), 'dispute', id);
      case 'GET events/{id}':
        return found(
          this.ledger.events.find((event) => event.id === id),
          'event',
          id,
        );
      case 'GET events':
        return this.listEvents(query);
      case 'POST refunds':
        return this.refund(form);
      case 'GET refunds':
        return this.listOf('/v1/refunds', this.ledger.refunds.values(), query);
      case 'GET disputes':
        return this.listOf('/v1/disputes', this.ledger.disputes.values(), query);
      default:
        return failure(404, 'invalid_request_error', `Unrecognized request URL (${method}: ${path}).`);
    }
  }

  private createSession(form: Form): ApiAnswer {
    const item = ['line_items', '0'] as const;
    const amount = Number(textAt(form, ...item, 'price_data', 'unit_amount'));
    const quantity = Number(textAt(form, ...item, 'quantity') ?? '1');
    const currency = textAt(form, ...item, 'price_data', 'currency');
    const success = textAt(form, 'success_url');
    if (textAt(form, 'mode') !== 'payment') return missing('mode');
    if (success === undefined) return missing('success_url');
    if (currency === undefined) return missing('line_items[0][price_data][currency]');
    if (!Number.isInteger(amount) || amount < 50) return missing('line_items[0][price_data][unit_amount]');
    const id = `cs_test_${makeId('a').slice(2)}`;
    const created = nowSeconds();
    const expires_at = Number(textAt(form, 'expires_at') ?? created + DAY_S);
    if (!(expires_at >= created + HALF_AN_HOUR_S && expires_at <= created + DAY_S)) {
      const words =
        'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.';
      return failure(400, 'invalid_request_error', words, { param: 'expires_at' });
    }
    const session: Session = {
      id,
      object: 'checkout.session',
      mode: 'payment',
      amount_total: amount * quantity,
      currency: currency.toLowerCase(),
      client_reference_id: textAt(form, 'client_reference_id') ?? null,
      customer_email: textAt(form, 'customer_email') ?? null,
      metadata: mapAt(form, 'metadata'),
      success_url: success.replace('{CHECKOUT_SESSION_ID}', id),
      cancel_url: textAt(form, 'cancel_url') ?? null,
      created,
      expires_at,
      livemode: false,
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      url: `${this.options.publicUrl}/c/pay/${id}`,
    };
    const intent = form.payment_intent_data;
    this.intentMetadata.set(id, typeof intent === 'object' ? mapAt(intent, 'metadata') : {});
    this.ledger.open(session);
    return { status: 200, body: structuredClone(session) };
  }

  private expire(id: string): ApiAnswer {
    const session = this.ledger.sessions.get(id);
    if (session?.status !== 'open') return failure(400, 'invalid_request_error', 'Only open sessions can be expired.');
    this.ledger.expire(session);
    return { status: 200, body: structuredClone(session) };
  }

  private refund(form: Form): ApiAnswer {
    const [chargeId, intentId] = [textAt(form, 'charge'), textAt(form, 'payment_intent')];
    const charge = [...this.ledger.charges.values()].find(
      ({ id, payment_intent }) => id === chargeId || payment_intent === intentId,
    );
    if (!charge) return missing('charge');
    const left = charge.amount - charge.amount_refunded;
    const amount = Number(textAt(form, 'amount') ?? left);
    if (!(amount > 0 && amount <= left)) return failure(400, 'invalid_request_error', 'Amount is more than is left.');
    return { status: 200, body: this.ledger.refund(charge, amount) };
  }

  private listEvents(query: URLSearchParams): ApiAnswer {
    const types = [query.get('type'), ...query.getAll('types[]')].filter((type) => type !== null);
    const matching = this.ledger.events.filter(({ type }) => types.length === 0 || types.includes(type));
    return page('/v1/events', matching, query);
  }

  /** Refunds or disputes, of the payment or the charge that the query names, or all. */
  private listOf(
    url: string,
    all: Iterable<{ readonly id: string; readonly payment_intent: string; readonly charge: string }>,
    query: URLSearchParams,
  ): ApiAnswer {
    const [intent, charge] = [query.get('payment_intent'), query.get('charge')];
    const matching = [...all].filter(
      (one) => (intent ?? one.payment_intent) === one.payment_intent && (charge ?? one.charge) === one.charge,
    );
    return page(url, matching, query);
  }
}

/** Newest first, in pages by `starting_after`, as every list of Stripe's. */
function page(url: string, all: readonly { readonly id: string }[], query: URLSearchParams): ApiAnswer {
  const limit = Math.min(Number(query.get('limit') ?? 10), 100);
  const newest = [...all].reverse();
  const after = query.get('starting_after');
  const from = after === null ? 0 : newest.findIndex(({ id }) => id === after) + 1;
  const data = newest.slice(from, from + limit);
  const has_more = newest.length > from + limit;
  return { status: 200, body: structuredClone({ object: 'list', url, has_more, data }) };
}

const failure = (status: number, type: string, message: string, more: object = {}): ApiAnswer => ({
  status,
  body: { error: { type, message, ...more } },
});

const missing = (param: string): ApiAnswer =>
  failure(400, 'invalid_request_error', `Missing or invalid param: ${param}.`, { code: 'parameter_missing', param });

const found = (object: unknown, kind: string, id: string): ApiAnswer =>
  object === undefined
    ? failure(404, 'invalid_request_error', `No such ${kind}: '${id}'`, { code: 'resource_missing', param: 'id' })
    : { status: 200, body: structuredClone(object) };
