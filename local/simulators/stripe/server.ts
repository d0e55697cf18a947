import { createServer, type Server } from 'node:http';
import { bodyOf } from '../request-body';
import { type ApiAnswer, StripeApi } from './api';
import { checkoutPage } from './checkout-page';
import { readForm } from './form';
import { StripeLedger } from './ledger';
import type { DisputeStatus, Session } from './objects';
import { Webhooks } from './webhooks';

export type StripeOptions = {
  readonly publicUrl: string;
  readonly apiKey: string;
  readonly webhookUrl: string;
  readonly webhookSecret: string;
};

type Page = { readonly status: number; readonly html?: string; readonly location?: string };
type Command = (body: Readonly<Record<string, unknown>>) => unknown;

const DECLINED = '4000000000000002';

const DISPUTES: readonly DisputeStatus[] = [
  'warning_needs_response',
  'warning_closed',
  'needs_response',
  'won',
  'lost',
];

const disputeStatus = (name: unknown): DisputeStatus => {
  const found = DISPUTES.find((status) => status === name);
  if (!found) throw new Error(`status: must be one of ${DISPUTES.join(', ')}`);
  return found;
};

/** A stateful stand-in for Stripe: its API, its checkout page, its webhooks, and a hand for tests under `/control`. */
export class StripeServer {
  readonly ledger: StripeLedger;
  private readonly api: StripeApi;
  private readonly webhooks: Webhooks;
  private readonly server: Server;

  constructor(options: StripeOptions) {
    this.webhooks = new Webhooks(options.webhookUrl, options.webhookSecret);
    this.ledger = new StripeLedger((event) => this.webhooks.deliver(event));
    this.api = new StripeApi(this.ledger, options);
    this.server = createServer(async (request, response) => {
      const url = new URL(request.url ?? '/', options.publicUrl);
      const body = await bodyOf(request);
      const json = ({ status, body: answer, isReplay }: ApiAnswer) => {
        response.setHeader('request-id', 'req_local');
        if (isReplay) response.setHeader('idempotent-replayed', 'true');
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      };
      if (url.pathname === '/health') return json({ status: 200, body: { status: 'ok' } });
      if (url.pathname.startsWith('/v1/')) {
        const { authorization = '', 'idempotency-key': key } = request.headers;
        const idempotencyKey = [key].flat()[0];
        const { method = 'GET' } = request;
        const call = { method, path: url.pathname, query: url.searchParams, body, authorization, idempotencyKey };
        return json(this.api.answer({ ...call, form: readForm(body) }));
      }
      if (url.pathname.startsWith('/control/')) return json(await this.control(url.pathname, body));
      const page = this.page(request.method ?? 'GET', url.pathname, body);
      if (page.location) response.setHeader('location', page.location);
      return response.writeHead(page.status, { 'content-type': 'text/html; charset=utf-8' }).end(page.html ?? '');
    });
  }

  listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });

  async stop(): Promise<void> {
    this.webhooks.stop();
    this.ledger.stop();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private page(method: string, path: string, body: string): Page {
    const session = this.ledger.sessions.get(/^\/c\/pay\/(\w+)$/.exec(path)?.[1] ?? '');
    if (!session) return { status: 404, html: 'There is no such checkout.' };
    if (session.status === 'complete') return { status: 303, location: session.success_url };
    if (session.status === 'expired') return { status: 410, html: 'This checkout has expired.' };
    if (method !== 'POST') return { status: 200, html: checkoutPage(session) };
    const card = String(readForm(body).card ?? '').replace(/\s/g, '');
    if (!/^\d{16}$/.test(card)) return { status: 402, html: checkoutPage(session, 'The card number is incomplete.') };
    if (card === DECLINED) return { status: 402, html: checkoutPage(session, 'The card was declined.') };
    this.ledger.pay(session, this.api.intentMetadata.get(session.id) ?? {});
    return { status: 303, location: session.success_url };
  }

  private async control(path: string, body: string): Promise<ApiAnswer> {
    const commands: Readonly<Record<string, Command>> = {
      /** Refunds a session's charge, wholly or by an amount in cents. */
      '/control/refund': ({ session, amount }) => {
        const charge = this.chargeOf(session);
        this.ledger.refund(charge, Number(amount ?? charge.amount - charge.amount_refunded));
      },
      /** The money of a session's refunds comes back: the buyer's bank could not take it. */
      '/control/fail-refund': ({ session }) => {
        const { id } = this.chargeOf(session);
        for (const refund of this.ledger.refunds.values()) if (refund.charge === id) this.ledger.failRefund(refund);
      },
      /** `status` is `needs_response` where it is not named; `warning_needs_response` is an inquiry. */
      '/control/dispute': ({ session, status }) => ({
        dispute: this.ledger.dispute(this.chargeOf(session), disputeStatus(status ?? 'needs_response')).id,
      }),
      '/control/move-dispute': ({ dispute, status }) => {
        const found = this.ledger.disputes.get(String(dispute));
        if (!found) throw new Error(`dispute: ${dispute} is unknown`);
        this.ledger.moveDispute(found, disputeStatus(status));
      },
      /** The next request that makes something fails with a 500, which its key keeps. */
      '/control/break': () => {
        this.api.isBroken = true;
      },
      '/control/expire': ({ session }) => this.ledger.expire(this.sessionOf(session)),
      /** Delivers events once more, all of a type or one by its id, `times` times and all at once. */
      '/control/resend': async ({ event, times }) => {
        const chosen = this.ledger.events.filter(
          ({ id, type }) => event === undefined || event === id || event === type,
        );
        const copies = Array.from({ length: Number(times ?? 1) }, () => chosen).flat();
        const taken = await Promise.all(copies.map((copy) => this.webhooks.post(copy)));
        return { sent: taken.length, taken: taken.filter(Boolean).length };
      },
    };
    const command = commands[path];
    if (!command) return { status: 404, body: { error: `there is no command ${path}` } };
    try {
      return { status: 200, body: (await command(JSON.parse(body || '{}'))) ?? { done: true } };
    } catch (error) {
      return { status: 422, body: { error: error instanceof Error ? error.message : String(error) } };
    }
  }

  /** By its id, or by what the shop calls it. */
  private sessionOf(name: unknown): Session {
    const session = [...this.ledger.sessions.values()].find(
      ({ id, client_reference_id }) => id === name || client_reference_id === name,
    );
    if (!session) throw new Error(`session: ${name} is unknown`);
    return session;
  }

  private chargeOf(name: unknown) {
    const charge = this.ledger.chargeOf(this.sessionOf(name));
    if (!charge) throw new Error(`session: ${name} is not paid`);
    return charge;
  }
}
