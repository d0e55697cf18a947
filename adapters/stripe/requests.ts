import type Stripe from 'stripe';

/** The version whose answers the types of Stripe's own library describe; a test compares the two. */
export const STRIPE_VERSION = '2026-10-28.endive';

export type StripeOptions = {
  readonly apiKey: string;
  readonly apiUrl: string;
};

/** A request answers within 10 s: one attempt and one more must fit. */
const TIMEOUT_MS = 3_500;
const ATTEMPTS_MAX = 2;
const RETRY_AFTER_MS = 500;

/** `type` is what Stripe's own library calls the error. */
export class StripeFault extends Error {
  override readonly name = 'StripeFault';

  constructor(
    readonly type: Stripe.errors.StripeError['type'],
    message: string,
    readonly code?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Not there, too busy or broken: the same request may be sent again later. */
  get isOutage(): boolean {
    return OUTAGES.has(this.type);
  }
}

const OUTAGES: ReadonlySet<string> = new Set(['StripeConnectionError', 'StripeRateLimitError', 'StripeAPIError']);

/**
 * The two requests that we make of Stripe's API. Its own library brings every resource there is, 240 KB of a function
 * that a buyer waits for (docs/adr/0021); its types still say what is sent and answered.
 */
export const connectStripe = (options: StripeOptions) => ({
  createCheckout: (params: Stripe.Checkout.SessionCreateParams, idempotencyKey: string) =>
    request<Stripe.Checkout.Session>(options, 'POST', '/v1/checkout/sessions', {
      body: formOf(params),
      headers: { 'idempotency-key': idempotencyKey },
    }),
  findPayment: (id: string) =>
    request<Stripe.PaymentIntent>(options, 'GET', `/v1/payment_intents/${encodeURIComponent(id)}`),
});

/** Throws StripeFault for everything that is not a 2xx with JSON in it. */
async function request<T>(
  { apiKey, apiUrl }: StripeOptions,
  method: 'GET' | 'POST',
  path: string,
  extra: { readonly body?: URLSearchParams; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<T> {
  const headers = { authorization: `Bearer ${apiKey}`, 'stripe-version': STRIPE_VERSION, ...extra.headers };
  const body = extra.body ?? null;
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === ATTEMPTS_MAX;
    try {
      const answer = await fetch(new URL(path, apiUrl), {
        method,
        headers,
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await answer.text();
      if (answer.ok) return JSON.parse(text) as T;
      if (isLast || !mayRepeat(answer)) throw faultOf(answer.status, text);
    } catch (error) {
      if (error instanceof StripeFault) throw error;
      if (isLast) throw new StripeFault('StripeConnectionError', 'Stripe did not answer', undefined, { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS * (0.5 + Math.random() / 2)));
  }
}

/** Stripe knows best; otherwise what lost against another request, and what broke on their side. */
function mayRepeat({ status, headers }: Response): boolean {
  const advice = headers.get('stripe-should-retry');
  if (advice !== null) return advice === 'true';
  return status === 409 || status >= 500;
}

/** Stripe's error object as docs.stripe.com/api/errors describes it; a proxy's page is an error of the API. */
function faultOf(status: number, text: string): StripeFault {
  const { type, code, message } = errorIn(text);
  return new StripeFault(typeOf(status, type), message ?? `Stripe answered ${status}`, code);
}

function errorIn(text: string): { readonly type?: string; readonly code?: string; readonly message?: string } {
  try {
    return (JSON.parse(text) as { readonly error?: object }).error ?? {};
  } catch {
    return {};
  }
}

function typeOf(status: number, type = ''): StripeFault['type'] {
  if (status === 401) return 'StripeAuthenticationError';
  if (status === 403) return 'StripePermissionError';
  if (status === 429) return 'StripeRateLimitError';
  if (type === 'idempotency_error') return 'StripeIdempotencyError';
  if (type === 'invalid_request_error') return 'StripeInvalidRequestError';
  return 'StripeAPIError';
}

/** `{ a: [{ b: 1 }] }` is `a[0][b]=1`. */
function formOf(params: object): URLSearchParams {
  const form = new URLSearchParams();
  const add = (name: string, value: unknown): void => {
    if (value === undefined) return;
    if (typeof value !== 'object' || value === null) form.append(name, String(value ?? ''));
    else for (const [key, inner] of Object.entries(value)) add(name === '' ? key : `${name}[${key}]`, inner);
  };
  add('', params);
  return form;
}
