import * as z from 'zod';
import { STATUSES } from '../binance/rest';
import type { BinanceServer } from '../binance/server';
import type { SpotListing } from '../truth/listing';
import type { Command } from './command';

const instrument = z.string();
const afterBody = z.object({ afterMs: z.int().min(0).default(10_000) });
const lifeBody = z.object({ ms: z.int().min(1) });
const systemBody = z.object({ maintenance: z.boolean() });
const statusBody = z.object({ instrument, status: z.enum(STATUSES) });
const tickBody = z.object({ instrument, tick: z.string().regex(/^\d+(\.\d+)?$/, 'must be a decimal') });
const refuseBody = z.object({ status: z.int().min(400).max(599).nullable(), retryAfter: z.string().optional() });

/** What only Binance does. A market is named as that of the truth: `BTC-USD`. */
export function binanceCommands(
  binance: BinanceServer,
  find: (name: string) => SpotListing,
): Readonly<Record<string, Command>> {
  const { rest } = binance;
  const named = (body: unknown): SpotListing => find(z.object({ instrument }).parse(body).instrument);
  return {
    '/control/binance/shutdown': (body) => binance.shutDown(afterBody.parse(body).afterMs),
    '/control/binance/life': (body) => {
      binance.lifeMs = lifeBody.parse(body).ms;
    },
    '/control/binance/forget': (body) => binance.forget(named(body)),
    '/control/binance/delist': (body) => rest.delist(named(body)),
    '/control/binance/system': (body) => {
      rest.isInMaintenance = systemBody.parse(body).maintenance;
    },
    '/control/binance/status': (body) => {
      const wanted = statusBody.parse(body);
      rest.setStatus(find(wanted.instrument), wanted.status);
    },
    '/control/binance/tick': (body) => {
      const wanted = tickBody.parse(body);
      rest.setTick(find(wanted.instrument), wanted.tick);
    },
    '/control/binance/refuse': (body) => {
      const { status, retryAfter } = refuseBody.parse(body);
      rest.refusal = status === null ? undefined : { status, retryAfter };
    },
  };
}
