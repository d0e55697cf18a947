import * as z from 'zod';
import { FLAGS } from '../coinbase/products';
import { FAULT_NAMES } from '../faults';
import type { Listing } from '../truth/listing';
import { isTrading } from '../truth/market-life';
import type { Truth } from '../truth/truth';
import { binanceCommands } from './binance-commands';
import type { Command } from './command';
import { type Handle, handlesOf, type VenueName, type Venues } from './handles';
import { kalshiCommands } from './kalshi-commands';
import { find, outcomeOf, spotOf } from './markets';
import { quirkCommands } from './quirk-commands';
import { venueCommands, venueName } from './venue-commands';

export type ControlParts = { readonly truth: Truth; readonly venues: Venues };

const instrument = z.string();
const decimal = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'must be a decimal')
  .transform(Number);
const market = z.object({ instrument });
const priceBody = z.object({ instrument, price: decimal });
const tradeBody = z.object({ instrument, price: decimal, qty: decimal, taker: z.enum(['buy', 'sell']).optional() });
const statusBody = z.object({ instrument, status: z.enum(['open', 'halted']) });
const answerBody = z.object({ instrument, winner: z.enum(['yes', 'no', '50-50', 'void']) });
const systemBody = z.object({ system: z.enum(['online', 'maintenance', 'cancel_only', 'post_only']) });
const tickBody = z.object({
  instrument,
  venue: venueName.optional(),
  tick: z.string().regex(/^\d+(\.\d+)?$/, 'must be a decimal'),
});
const flagBody = z.object({ instrument, flag: z.enum(FLAGS), set: z.boolean() });
const faultBody = z.object({
  venue: venueName,
  fault: z.enum(FAULT_NAMES),
  channel: z.enum(['book', 'trade']).default('book'),
  times: z.int().min(1).default(1),
});

/** What each command takes and does; a market is named by our instrument id or by its slug. */
export function commandsOf({ truth, venues }: ControlParts): Readonly<Record<string, Command>> {
  const { binance, kraken, coinbase, polymarket, kalshi } = venues;
  const handles = handlesOf(venues);
  const venue = (body: unknown): Handle['server'] => venues[z.object({ venue: venueName }).parse(body).venue];
  return {
    ...lifeCommands(truth),
    ...venueCommands(truth, handles),
    ...binanceCommands(binance, (name) => spotOf(truth, name)),
    ...quirkCommands(polymarket, (name) => ({ ...find(truth, name), listing: outcomeOf(truth, name) })),
    ...kalshiCommands(kalshi, (name) => outcomeOf(truth, name)),
    '/control/price': (body) => movePrice(truth, priceBody.parse(body)),
    '/control/trade': (body) => printTrade(truth, tradeBody.parse(body)),
    '/control/volatility': (body) =>
      truth.setVolatility(truth.listings, z.object({ factor: z.number().min(0).max(100) }).parse(body).factor),
    '/control/system': (body) => kraken.setSystem(systemBody.parse(body).system),
    '/control/tick': (body) => setTick(truth, venues, tickBody.parse(body)),
    '/control/delist': (body) => {
      const { listing } = find(truth, market.parse(body).instrument);
      if (listing.kind === 'outcome') for (const venue of [polymarket, kalshi]) venue.delist(listing);
      else for (const venue of [kraken, coinbase]) venue.delist(listing);
    },
    '/control/rename': (body) => {
      const wanted = z.object({ instrument, slug: z.string().min(1) }).parse(body);
      polymarket.rename(outcomeOf(truth, wanted.instrument), wanted.slug);
    },
    '/control/cross': (body) => truth.cross(find(truth, market.parse(body).instrument).listing),
    '/control/stub': (body) => {
      const wanted = z.object({ instrument, stubbed: z.boolean() }).parse(body);
      truth.stub(find(truth, wanted.instrument).listing, wanted.stubbed);
    },
    '/control/spike': (body) => {
      const wanted = z.object({ instrument, factor: z.number().positive() }).parse(body);
      truth.spike(find(truth, wanted.instrument).listing, wanted.factor);
    },
    '/control/fault': (body) => {
      const wanted = faultBody.parse(body);
      const { title, faults: possible, server } = handles[wanted.venue];
      if (!possible.includes(wanted.fault)) {
        throw new Error(`fault: ${title} has nothing in its frames by which to commit ${wanted.fault}`);
      }
      const { faults, tradeFaults } = server;
      (wanted.channel === 'trade' ? tradeFaults : faults).add(wanted.fault, wanted.times);
    },
    '/control/clock': (body) => {
      venue(body).skewMs = z.object({ aheadMs: z.number() }).parse(body).aheadMs;
    },
    '/control/delay': (body) => {
      venue(body).faults.delayMs = z.object({ ms: z.int().min(0).max(60_000) }).parse(body).ms;
    },
    '/control/flag': (body) => {
      const wanted = flagBody.parse(body);
      const { listing } = find(truth, wanted.instrument);
      if (listing.kind !== 'spot') throw new Error(`instrument: ${wanted.instrument} is none of Coinbase’s`);
      coinbase.setFlag(listing, wanted.flag, wanted.set);
    },
    '/control/forget': (body) => {
      const { listing } = find(truth, market.parse(body).instrument);
      if (listing.kind === 'spot') coinbase.forget(listing);
    },
    '/control/silence': (body) => {
      venue(body).faults.isSilent = z.object({ silent: z.boolean() }).parse(body).silent;
    },
    '/control/disconnect': (body) => venue(body).disconnect(),
  };
}

/** The steps of a market's life; one that it cannot take now is refused with its reason. */
function lifeCommands(truth: Truth): Readonly<Record<string, Command>> {
  const step = (name: 'close' | 'pend' | 'dispute') => (body: unknown) =>
    truth.setStatus(outcomeOf(truth, market.parse(body).instrument), name);
  return {
    '/control/status': (body) => {
      const wanted = statusBody.parse(body);
      truth.setStatus(find(truth, wanted.instrument).listing, wanted.status === 'open' ? 'reopen' : 'halt');
    },
    '/control/close': step('close'),
    '/control/pend': step('pend'),
    '/control/dispute': step('dispute'),
    '/control/resolve': (body) => {
      const wanted = answerBody.parse(body);
      truth.resolve(outcomeOf(truth, wanted.instrument), wanted.winner);
    },
    '/control/correct': (body) => {
      const wanted = answerBody.parse(body);
      truth.correct(outcomeOf(truth, wanted.instrument), wanted.winner);
    },
  };
}

/** At the venue that is named; where none is, at those whose feeds tell of it. */
function setTick(truth: Truth, venues: Venues, wanted: z.output<typeof tickBody>): void {
  const { listing } = find(truth, wanted.instrument);
  const { tick } = wanted;
  const { kraken, coinbase, binance, polymarket, kalshi } = venues;
  const isMeant = (name: VenueName, byDefault = true) =>
    wanted.venue === undefined ? byDefault : wanted.venue === name;
  if (listing.kind === 'outcome') {
    if (isMeant('polymarket')) polymarket.setTick(listing, tick);
    if (isMeant('kalshi')) kalshi.setRanges(listing, [{ start: '0', end: '1', step: tick }]);
    return;
  }
  if (isMeant('kraken')) kraken.setIncrement(listing, tick);
  if (isMeant('coinbase')) coinbase.setIncrement(listing, tick);
  if (isMeant('binance', false)) binance.rest.setTick(listing, tick);
}

/** The price of NO is what YES leaves of a dollar. */
function movePrice(truth: Truth, wanted: z.output<typeof priceBody>): void {
  const { listing, isNo } = find(truth, wanted.instrument);
  checkPrice(listing, wanted.price);
  truth.setPrice(listing, isNo ? 1 - wanted.price : wanted.price);
}

/** Who takes follows from the price where it is not said: at the best ask or above it, a buyer. */
function printTrade(truth: Truth, { instrument: name, price, qty, taker }: z.output<typeof tradeBody>): void {
  const { listing, isNo } = find(truth, name);
  checkPrice(listing, price);
  if (!isTrading(truth.status(listing.id))) throw new Error(`instrument: ${name} has closed`);
  const tick = Math.round((isNo ? 1 - price : price) * 10 ** listing.priceDecimals);
  const size = Math.round(qty * 10 ** listing.qtyDecimals);
  if (size < 1) throw new Error('qty: must be above 0');
  const ask = truth.levels(listing.id, 'ask')[0]?.tick ?? Number.POSITIVE_INFINITY;
  const isBuyer = taker === undefined ? tick >= ask : (taker === 'buy') !== isNo;
  truth.print(listing, isBuyer ? 'bid' : 'ask', { tick, size });
}

function checkPrice(listing: Listing, price: number): void {
  if (!(price > 0)) throw new Error('price: must be above 0');
  if (listing.kind === 'outcome' && price >= 1) throw new Error('price: must be below 1 for an outcome');
}
