import { createServer, type Server } from 'node:http';
import * as z from 'zod';
import { bodyOf } from '../request-body';
import { decimalText, type Truth } from '../truth/truth';
import { type ControlParts, commandsOf } from './commands';

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
