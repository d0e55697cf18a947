import { decodeEvent, type Envelope } from '../../../contracts/topics/envelope';
import { eventData } from '../../../contracts/topics/events';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import type { EventId, InstrumentId } from '../../../domain/kernel/ids';
import { instant, plusMs } from '../../../domain/kernel/instant';
import { parseUsd, type Usd, ZERO_USD } from '../../../domain/kernel/money';
import type { BookQuality } from '../../../domain/market/book';
import { RiskEngine } from '../../../engines/risk/engine';
import { TradeTape } from '../../../engines/risk/trade-tape';
import { uuidIds } from '../../../runtime/edge';
import { judgeAccount } from '../../../usecases/judging/judge-account';
import { judgePastFenced } from '../../../usecases/judging/judge-past-fenced';
import { settleOutcome } from '../../../usecases/judging/settle-outcome';
import { memoryOpenAccounts } from '../../fakes/memory-account-store';
import { memorySettling } from '../../fakes/memory-settling';
import { openTrading } from '../../fixtures/open-trading';
import { bitcoin, NOW, rules, trace } from '../../fixtures/stored-account';

const STALE_AFTER_MS = 10_000;
/** No story asks for so many; an engine that would never rest is stopped by them. */
const JUDGEMENTS_MAX = 1_000;
export const BTC = bitcoin.id;
export const dollars = (text: string): Usd => parseUsd(text) ?? ZERO_USD;

/** One trade and this much closed profit pass the assessment. */
export const targetOf = (profit: string): Partial<RuleSet> => ({
  target: { profitUsd: dollars(profit), counts: 'realized_flat', closesAll: false },
  activity: { ...rules.activity, tradesMin: 1 },
});

/** Trading in memory, and an engine that watches it. Prices as text. */
export async function engineOver(changes: Partial<RuleSet> = {}) {
  const trading = await openTrading({ riskPerTrade: null, ...changes });
  const judged: string[] = [];
  const causes: string[] = [];
  const failures: string[] = [];
  const state = { now: NOW, isDatabaseDown: false, sequence: 0, told: 0, reviewed: 0 };
  trading.world.epochs.set(0, 1);
  const settling = memorySettling(trading.world);
  const open = (parts: typeof trading.parts & { tape: TradeTape } = { ...trading.parts, tape: new TradeTape() }) =>
    new RiskEngine({
      judge: async (id, cause, seen) => {
        causes.push(cause.correlationId);
        if (causes.length > JUDGEMENTS_MAX) return { outcome: 'unknown' };
        if (state.isDatabaseDown) throw new Error('the database is away');
        const result = await judgeAccount(parts)(id, cause, seen);
        judged.push(result.outcome);
        return result;
      },
      judgePast: judgePastFenced(parts),
      settle: settleOutcome({ ...parts, ...settling }),
      accountsIn: settling.settlements.accountsIn,
      instruments: parts.instruments,
      openAccounts: memoryOpenAccounts(trading.world),
      tape: parts.tape,
      fence: { shard: 0, epoch: 1 },
      isMine: () => true,
      now: () => state.now,
      newTrace: () => trace,
      staleAfterMs: STALE_AFTER_MS,
      metrics: {
        accounts: () => {},
        selected: () => {},
        judged: () => {},
        quoteSeen: () => {},
        needsReview: (exposed) => {
          state.reviewed += exposed;
        },
      },
      onFailure: (_, what) => void failures.push(what),
    });
  const engine = open();
  const quote = async (bid: string, ask: string, quality: BookQuality = 'good', ageMs = 0) => {
    trading.quote(BTC, bid, ask, quality);
    engine.onEvent(quoteEvent(BTC, [bid, ask], { quality, sequence: ++state.sequence, receivedAt: state.now - ageMs }));
    await engine.idle();
  };
  return {
    trading,
    engine,
    judged,
    causes,
    failures,
    state,
    quote,
    /** What takes the place of an engine that is no more: it knows what was saved. */
    successor: async () => {
      const next = open();
      await next.load();
      return next;
    },
    start: async () => {
      await engine.load();
      await engine.takeUp();
      await engine.idle();
    },
    /** Hands the engine the outbox rows that it has not been handed yet, in the order given. */
    tell: async (arrange: (events: Envelope[]) => Envelope[] = (events) => events) => {
      const rows = trading.world.outbox.slice(state.told);
      state.told = trading.world.outbox.length;
      const events = rows.flatMap(({ body }) => {
        const decoded = decodeEvent(body);
        return decoded.ok ? [decoded.event] : [];
      });
      for (const event of arrange(events)) engine.onEvent(event);
      await engine.idle();
    },
    later: (ms: number) => {
      trading.later(ms);
      state.now = plusMs(state.now, ms);
    },
    buy: async (amount: string, more: Parameters<typeof trading.order>[2] = {}) => {
      trading.quote(BTC, '60000', '60000');
      const placed = await trading.order('buy', amount, more);
      if (!placed.ok) throw new Error(placed.refusal);
    },
  };
}

type QuoteAt = { readonly sequence: number; readonly receivedAt: number; readonly quality?: BookQuality };

export const quoteEvent = (
  instrument: InstrumentId,
  [bid, ask]: readonly [string, string],
  { sequence, receivedAt, quality = 'good' }: QuoteAt,
): Envelope => ({
  eventId: uuidIds.next<EventId>(),
  type: 'market-data.quote',
  version: 1,
  key: instrument,
  accountVersion: null,
  occurredAt: instant(receivedAt),
  correlationId: `quote-${sequence}`,
  traceparent: null,
  data: eventData['market-data.quote'].parse({
    instrument,
    venue: 'kraken',
    sequence,
    venueProof: '',
    quality,
    venueAt: receivedAt,
    receivedAt,
    bid: { price: bid, qty: '5' },
    ask: { price: ask, qty: '5' },
  }),
});

const marketEvent = <T extends 'market-data.trade' | 'market-data.instrument-changed'>(
  type: T,
  key: InstrumentId,
  at: number,
  data: unknown,
): Envelope =>
  ({
    ...quoteEvent(BTC, ['1', '2'], { sequence: 1, receivedAt: at }),
    key,
    eventId: uuidIds.next<EventId>(),
    type,
    data: eventData[type].parse(data),
  }) as Envelope;

export const tradeEvent = (price: string, qty: string, at: number, tradeId = '1'): Envelope =>
  marketEvent('market-data.trade', BTC, at, {
    venue: 'kraken',
    instrument: BTC,
    tradeId,
    price,
    qty,
    taker: 'sell',
    venueAt: at,
    receivedAt: at,
  });

export const resolvedEvent = (instrument: InstrumentId, payout: unknown, at: number): Envelope =>
  marketEvent('market-data.instrument-changed', instrument, at, { instrument, status: 'resolved', payout });

export const typesOf = (world: { trading: { events: () => { type: string }[] } }) =>
  world.trading.events().map((event) => event.type);
