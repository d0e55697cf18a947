import { uuidv7 } from 'uuidv7';
import type { PlatformFacts } from '../../local/facts';
import { LiveClient } from './live-client';

export type Answer = { readonly status: number; readonly body: Body; readonly headers: Headers };

/** A JSON answer, loosely: tests look at single fields of it. */
// biome-ignore lint/suspicious/noExplicitAny: the contracts' schemas are what the server is checked by elsewhere.
type Body = any;

export const PASSWORD = 'correct horse battery';

/** Somebody with a browser: knows the public addresses only. */
export class Trader {
  readonly email = `t-${uuidv7()}@example.com`;
  accessToken = '';
  cookie = '';
  accountId = '';
  assessmentId = '';

  constructor(private readonly platform: PlatformFacts) {}

  /** Through the one origin, as the browser goes. */
  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.platform.origin}/api${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.accessToken ? { authorization: `Bearer ${this.accessToken}` } : {}),
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie()[0]?.split(';')[0];
    if (set) this.cookie = set;
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, body: isJson && text ? JSON.parse(text) : text, headers: response.headers };
  }

  async register(): Promise<void> {
    const { status } = await this.call('POST', '/auth/register', {
      email: this.email,
      password: PASSWORD,
      displayName: 'Terry Trader',
    });
    if (status !== 202) throw new Error(`register: ${status}`);
    const token = await this.mailToken();
    const verified = await this.call('POST', '/auth/verify-email', { token, password: PASSWORD });
    if (verified.status !== 200) throw new Error(`verify: ${verified.status}`);
    await this.login();
  }

  async login(): Promise<Answer> {
    const answer = await this.call('POST', '/auth/login', { email: this.email, password: PASSWORD });
    this.accessToken = answer.body.accessToken ?? '';
    return answer;
  }

  /** The newest token that was mailed to this trader. */
  async mailToken(): Promise<string> {
    return eventually('a mail with a token', async () => {
      const response = await fetch(`${this.platform.inbox}/messages?to=${encodeURIComponent(this.email)}`);
      return /#token=([A-Za-z0-9_-]{43})/.exec(await response.text())?.[1];
    });
  }

  /** Buys a tier: checkout at the payment provider's page, then waits for the assessment. */
  async buy(tierSlug: string): Promise<{ readonly purchaseId: string }> {
    const purchaseId = uuidv7();
    const started = await this.call('POST', '/purchases', { purchaseId, tierSlug });
    if (started.status !== 201) throw new Error(`purchase: ${started.status} ${JSON.stringify(started.body)}`);
    await payAt(started.body.checkoutUrl);
    const assessment = await eventually('the assessment', async () => {
      const { body } = await this.call('GET', '/assessments');
      const seen = body.assessments as readonly { readonly assessmentId: string; readonly accountId: string }[];
      return seen.find(({ assessmentId }) => assessmentId !== this.assessmentId);
    });
    this.assessmentId = assessment.assessmentId;
    this.accountId = assessment.accountId;
    return { purchaseId };
  }

  order(side: 'buy' | 'sell', instrument: string, qty: string, orderId = uuidv7()): Promise<Answer> {
    return this.call('POST', `/accounts/${this.accountId}/orders`, { orderId, instrument, side, type: 'market', qty });
  }

  async live(): Promise<LiveClient> {
    const { body } = await this.call('POST', '/realtime/tickets');
    return LiveClient.open(`${this.platform.websocket}?ticket=${body.ticket}`, this.platform.origin);
  }
}

/** Fills in the stand-in's checkout form with the card that always succeeds. */
export async function payAt(checkoutUrl: string): Promise<void> {
  const page = await (await fetch(checkoutUrl)).text();
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? '';
  const paid = await fetch(new URL(action, checkoutUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ card: '4242424242424242', expiry: '12/34', cvc: '123', name: 'Terry Trader' }),
    redirect: 'manual',
  });
  if (paid.status >= 400) throw new Error(`checkout: ${paid.status} ${await paid.text()}`);
}

/** Asks again until there is an answer. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>, timeoutMs = 30_000): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
