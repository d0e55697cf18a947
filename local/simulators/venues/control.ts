import { createServer, type IncomingMessage, type Server } from 'node:http';
import * as z from 'zod';
import { bodyOf } from '../request-body';
import { decimalText, type Truth } from '../truth/truth';
import { type ControlParts, commandsOf } from './commands';
import { handlesOf } from './handles';
import { overviewOf } from './overview';
import { PAGE_PATH, pageFile } from './page';

/**
 * The hand of a test or of a person on the venues: `POST /control/<command>` with JSON, `GET /control/state`,
 * `GET /control/venues` and `GET /health`. A page with buttons is at `/simulator`, and all of the rest under it as well.
 */
export function startControl(port: number, parts: ControlParts): Server {
  const commands = commandsOf(parts);
  const handles = handlesOf(parts.venues);
  const shown: Readonly<Record<string, () => unknown>> = {
    '/health': () => ({ status: 'ok' }),
    '/control/state': () => stateOf(parts.truth),
    '/control/venues': () => overviewOf(parts.truth, handles),
  };
  return createServer(async (request, response) => {
    const answer = (status: number, body: unknown) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify(body));
    const { pathname } = new URL(request.url ?? '/', 'http://control.local');
    const file = request.method === 'GET' ? pageFile(pathname) : undefined;
    if (file) return void response.writeHead(200, file.headers).end(file.body);
    const path = pathname.replace(PAGE_PATH, '');
    if (request.method === 'GET' && Object.hasOwn(shown, path)) return answer(200, shown[path]?.());
    const command = request.method === 'POST' && Object.hasOwn(commands, path) ? commands[path] : undefined;
    if (!command) return answer(404, { error: `there is no command ${request.method} ${path}` });
    if (isForeign(request)) return answer(403, { error: 'a page of another site presses no buttons here' });
    try {
      command(JSON.parse((await bodyOf(request)) || '{}'));
      return answer(200, { done: true });
    } catch (error) {
      return answer(422, { error: wordsOf(error) });
    }
  }).listen(port, '127.0.0.1');
}

/** Browsers say from where a request comes; everybody else says nothing. */
const isForeign = ({ headers }: IncomingMessage): boolean => headers['sec-fetch-site'] === 'cross-site';

/** Every market's best levels and where it is in its life, as the truth has them. */
const stateOf = (truth: Truth) =>
  truth.listings.map(({ id, priceDecimals, qtyDecimals }) => {
    const best = (side: 'bid' | 'ask') => truth.levels(id, side)[0];
    const price = (side: 'bid' | 'ask') => {
      const level = best(side);
      return level ? decimalText(level.tick, priceDecimals) : null;
    };
    const size = (side: 'bid' | 'ask') => decimalText(best(side)?.size ?? 0, qtyDecimals);
    return {
      id,
      status: truth.status(id),
      winner: truth.answer(id) ?? null,
      oracle: truth.oracle(id),
      bid: price('bid'),
      bidQty: size('bid'),
      ask: price('ask'),
      askQty: size('ask'),
    };
  });

function wordsOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}
