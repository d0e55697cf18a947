import { createServer, type Server } from 'node:http';
import * as z from 'zod';
import { FAULT_NAMES, type Faults } from '../faults';
import type { KrakenServer } from '../kraken/server';
import type { PolymarketServer } from '../polymarket/server';
import { bodyOf } from '../request-body';
import type { Listing, OutcomeListing } from '../truth/listing';
import { decimalText, type Truth } from '../truth/truth';

export type ControlParts = {
  readonly truth: Truth;
  readonly venues: { readonly kraken: KrakenServer; readonly polymarket: PolymarketServer };
};

type Venue = { readonly faults: Faults; readonly disconnect: () => void };
type Named = { readonly listing: Listing; readonly isNo: boolean };
type Command = (body: unknown) => void;

const instrument = z.string();
const price = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'must be a decimal')
  .transform(Number);
const priceBody = z.object({ instrument, price });
const venueName = z.enum(['kraken', 'polymarket']);
const statusBody = z.object({ instrument, status: z.enum(['open', 'halted']) });
const resolveBody = z.object({ instrument, winner: z.enum(['yes', 'no']) });
const systemBody = z.object({ system: z.enum(['online', 'maintenance', 'cancel_only', 'post_only']) });
const faultBody = z.object({ venue: venueName, fault: z.enum(FAULT_NAMES), times: z.int().min(1).default(1) });

/** What each command takes and does; a market is named by our instrument id or by its slug. */
function commandsOf({ truth, venues }: ControlParts): Readonly<Record<string, Command>> {
  const named = (body: { readonly instrument: string }): Named => find(truth, body.instrument);
  const market = (body: { readonly instrument: string }): OutcomeListing => {
    const { listing } = named(body);
    if (listing.kind !== 'outcome') throw new Error(`instrument: ${body.instrument} is no prediction market`);
    return listing;
  };
  const venue = (body: unknown): Venue => venues[z.object({ venue: venueName }).parse(body).venue];
  return {
    '/control/price': (body) => movePrice(truth, priceBody.parse(body)),
    '/control/volatility': (body) =>
      truth.setVolatility(truth.listings, z.object({ factor: z.number().min(0).max(100) }).parse(body).factor),
    '/control/freeze': () => truth.setVolatility(truth.listings, 0),
    '/control/status': (body) => {
      const wanted = statusBody.parse(body);
      truth.setStatus(named(wanted).listing, wanted.status);
    },
    '/control/system': (body) => venues.kraken.setSystem(systemBody.parse(body).system),
    '/control/resolve': (body) => {
      const wanted = resolveBody.parse(body);
      truth.resolve(market(wanted), wanted.winner);
    },
    '/control/tick': (body) => {
      const wanted = z.object({ instrument, tick: z.enum(['0.01', '0.001', '0.0001']) }).parse(body);
      venues.polymarket.setTick(market(wanted), wanted.tick);
    },
    '/control/cross': (body) => truth.cross(named(z.object({ instrument }).parse(body)).listing),
    '/control/spike': (body) => {
      const wanted = z.object({ instrument, factor: z.number().positive() }).parse(body);
      truth.spike(named(wanted).listing, wanted.factor);
    },
    '/control/fault': (body) => {
      const wanted = faultBody.parse(body);
      venues[wanted.venue].faults.add(wanted.fault, wanted.times);
    },
    '/control/silence': (body) => {
      venue(body).faults.isSilent = z.object({ silent: z.boolean() }).parse(body).silent;
    },
    '/control/disconnect': (body) => venue(body).disconnect(),
  };
}

/** The hand of a test on the venues: `POST /control/<command>` with JSON, `GET /control/state` and `GET /health`. */
export function startControl(port: number, parts: ControlParts): Server {
  const commands = commandsOf(parts);
  return createServer(async (request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const path = new URL(request.url ?? '/', 'http://control.local').pathname;
    if (path === '/health') return answer(200, { status: 'ok' });
    if (request.method === 'GET' && path === '/control/state') return answer(200, stateOf(parts.truth));
    const command = request.method === 'POST' && Object.hasOwn(commands, path) ? commands[path] : undefined;
    if (!command) return answer(404, { error: `there is no command ${request.method} ${path}` });
    try {
      command(JSON.parse((await bodyOf(request)) || '{}'));
      return answer(200, { done: true });
    } catch (error) {
      return answer(422, { error: wordsOf(error) });
    }
  }).listen(port, '127.0.0.1');
}

function find(truth: Truth, name: string): Named {
  const listing = truth.listings.find(({ id }) => id === name || name === `PM-${id}-YES` || name === `PM-${id}-NO`);
  if (!listing) throw new Error(`instrument: ${name} is not listed`);
  return { listing, isNo: listing.kind === 'outcome' && name.endsWith('-NO') };
}

/** The price of NO is what YES leaves of a dollar. */
function movePrice(truth: Truth, wanted: z.output<typeof priceBody>): void {
  const { listing, isNo } = find(truth, wanted.instrument);
  if (!(wanted.price > 0)) throw new Error('price: must be above 0');
  if (listing.kind === 'outcome' && wanted.price >= 1) throw new Error('price: must be below 1 for an outcome');
  truth.setPrice(listing, isNo ? 1 - wanted.price : wanted.price);
}

/** Every market's best prices and status, as the truth has them. */
const stateOf = (truth: Truth) =>
  truth.listings.map(({ id, priceDecimals }) => {
    const best = (side: 'bid' | 'ask') => {
      const level = truth.levels(id, side)[0];
      return level ? decimalText(level.tick, priceDecimals) : null;
    };
    return { id, status: truth.status(id), winner: truth.winner(id) ?? null, bid: best('bid'), ask: best('ask') };
  });

function wordsOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}
