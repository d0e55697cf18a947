import * as z from 'zod';
import { SCHEMAS } from '../polymarket/quirks';
import type { PolymarketServer } from '../polymarket/server';
import type { OutcomeListing } from '../truth/listing';
import type { Command } from './command';

type Named = { readonly listing: OutcomeListing; readonly isNo: boolean };

const instrument = z.string();
const splitBody = z.object({ split: z.boolean() });
const schemaBody = z.object({ schema: z.enum(SCHEMAS) });
const ghostBody = z.object({ instrument, haunted: z.boolean() });
const frozenBody = z.object({ frozen: z.boolean() });
const refuseBody = z.object({ status: z.int().min(400).max(599).nullable(), retryAfter: z.string().optional() });
const namesBody = z.object({ instrument, names: z.tuple([z.string(), z.string()]) });

/** What Polymarket has been seen to do beside what it documents, each until it is taken back. */
export function quirkCommands(
  polymarket: PolymarketServer,
  find: (name: string) => Named,
): Readonly<Record<string, Command>> {
  const { quirks } = polymarket;
  return {
    '/control/sweeps': (body) => {
      quirks.isSplit = splitBody.parse(body).split;
    },
    '/control/schema': (body) => {
      quirks.schema = schemaBody.parse(body).schema;
    },
    '/control/ghost': (body) => {
      const wanted = ghostBody.parse(body);
      const { listing, isNo } = find(wanted.instrument);
      quirks.haunt(isNo ? listing.noToken : listing.yesToken, wanted.haunted);
    },
    '/control/catalogue': (body) => quirks.freezeCatalogue(frozenBody.parse(body).frozen),
    '/control/refuse': (body) => {
      const { status, retryAfter } = refuseBody.parse(body);
      quirks.refusal = status === null ? undefined : { status, retryAfter };
    },
    '/control/outcomes': (body) => {
      const wanted = namesBody.parse(body);
      polymarket.nameOutcomes(find(wanted.instrument).listing, wanted.names);
    },
  };
}
