import * as z from 'zod';
import type { KalshiServer } from '../kalshi/server';
import type { OutcomeListing } from '../truth/listing';
import type { Command } from './command';

const instrument = z.string();
const status = z.int().min(400).max(599).nullable();
const decimal = z.string().regex(/^(0|1)(\.\d{1,4})?$/, 'must be part of a dollar');
const closeBody = z.object({ instrument, inMs: z.int() });
const settleBody = z.object({ instrument, value: decimal });
const feesBody = z.object({ instrument, type: z.string().nullable(), multiplier: z.number().nullable() });
const rangesBody = z.object({
  instrument,
  ranges: z.array(z.object({ start: decimal, end: decimal, step: decimal })).min(1),
});
const endBody = z.object({
  channel: z.enum(['orderbook_delta', 'trade', 'market_lifecycle_v2']),
  code: z.union([z.literal(10), z.literal(25)]).default(25),
});
const limitsBody = z.object({ markets: z.int().min(1).optional(), commands: z.int().min(0).optional() });

/** What Kalshi alone does, each until it is taken back. */
export function kalshiCommands(
  kalshi: KalshiServer,
  find: (name: string) => OutcomeListing,
): Readonly<Record<string, Command>> {
  const { quirks } = kalshi;
  return {
    '/control/kalshi/close-at': (body) => {
      const wanted = closeBody.parse(body);
      kalshi.closeAt(find(wanted.instrument), Date.now() + wanted.inMs);
    },
    '/control/kalshi/settlement': (body) => {
      const { instrument: name, value } = settleBody.parse(body);
      quirks.settlements.set(find(name).id, value);
    },
    '/control/kalshi/fees': (body) => {
      const { instrument: name, ...fees } = feesBody.parse(body);
      kalshi.setFees(find(name), fees);
    },
    '/control/kalshi/ranges': (body) => {
      const { instrument: name, ranges } = rangesBody.parse(body);
      kalshi.setRanges(find(name), ranges);
    },
    '/control/kalshi/end': (body) => {
      const { channel, code } = endBody.parse(body);
      kalshi.endSubscriptions(channel, code);
    },
    '/control/kalshi/rest': (body) => {
      quirks.isResting = z.object({ resting: z.boolean() }).parse(body).resting;
    },
    '/control/kalshi/door': (body) => {
      quirks.closedDoor = z.object({ status }).parse(body).status ?? undefined;
    },
    '/control/kalshi/refuse': (body) => {
      const wanted = z.object({ status, retryAfter: z.string().optional() }).parse(body);
      quirks.refusal = wanted.status === null ? undefined : { status: wanted.status, retryAfter: wanted.retryAfter };
    },
    '/control/kalshi/limits': (body) => {
      const { markets, commands } = limitsBody.parse(body);
      if (markets !== undefined) quirks.marketsMax = markets;
      if (commands !== undefined) quirks.commandsMax = commands;
    },
  };
}
