import { CompressionTypes, type Kafka, Partitioners } from 'kafkajs';
import { type Envelope, encodeEvent } from '../../contracts/topics/envelope';
import type { EventData, EventType } from '../../contracts/topics/events';
import type { EventId, InstrumentId } from '../../domain/kernel/ids';
import { type Instant, plusMs } from '../../domain/kernel/instant';
import { RESOLUTION_MS } from '../../domain/market/candles/resolution';
import type { Ids } from '../../usecases/ports/clock-and-ids';
import type { CandlePublisher, ClosedCandle } from '../../usecases/ports/market-data/candles';
import type { ChangePublisher, TradePublisher } from '../../usecases/ports/market-data/catalogue';
import type { QuotePublisher } from '../../usecases/ports/market-data/market-data';
import type { StatePublisher } from '../../usecases/ports/market-data/market-state';
import { registerLz4 } from './lz4';
import { quoteDataOf } from './quote-data';

const LINGER_MS = 3;
const TOPIC = 'market-data';

type Waiting = { readonly key: string; readonly value: string };
type Batch = { readonly messages: Waiting[]; readonly sent: Promise<void> };

export type MarketPublisher = QuotePublisher &
  TradePublisher &
  StatePublisher &
  CandlePublisher &
  ChangePublisher & { readonly close: () => Promise<void> };

/**
 * Quotes and trades wait a few milliseconds for company and leave as one compressed request, the next only after the
 * answer to the one before. One replica's word is enough (acks = 1): a lost quote is replaced by the next one, a lost
 * trade fills nobody, a lost candle is in the database. Changes of instruments are never lost: every replica has them
 * before they count as told.
 */
export async function openQuotePublisher(kafka: Kafka, ids: Ids): Promise<MarketPublisher> {
  registerLz4();
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, retry: { retries: 2 } });
  await producer.connect();
  let open: Batch | undefined;
  let previous: Promise<unknown> = Promise.resolve();

  const send = async (batch: () => Batch): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, LINGER_MS));
    await previous.catch(() => {}); // Its failure was told to those who waited for it.
    const { messages, sent } = batch();
    open = undefined;
    previous = sent;
    await producer.send({ topic: TOPIC, messages, acks: 1, compression: CompressionTypes.LZ4 });
  };

  const begin = (): Batch => {
    const batch: Batch = { messages: [], sent: send(() => batch) };
    return batch;
  };

  const enqueue = (message: Waiting): Promise<void> => {
    open ??= begin();
    open.messages.push(message);
    return open.sent;
  };

  return {
    publish: (book) => enqueue(recordOf('market-data.quote', quoteDataOf(book), book.receivedAt, ids)),
    publishTrade: (trade) => enqueue(recordOf('market-data.trade', trade, trade.receivedAt, ids)),
    publishCandles: async (candles) => {
      await Promise.all(candles.flatMap((closed) => candleRecords(closed, ids)).map(enqueue));
    },
    publishStates: async (changes) => {
      await Promise.all(
        changes.map((change) => enqueue(recordOf('market-data.state-changed', change, change.at, ids))),
      );
    },
    publishChanges: async (instruments, at) => {
      const messages = instruments.map(({ id: instrument, status, payout }) =>
        recordOf('market-data.instrument-changed', { instrument, status, payout }, at, ids),
      );
      await producer.send({ topic: TOPIC, messages, acks: -1, compression: CompressionTypes.LZ4 });
    },
    close: async () => {
      await open?.sent.catch(() => {});
      await producer.disconnect();
    },
  };
}

/** It occurred when its bucket was over. Of one in which nobody saw a price there is nothing to tell. */
function candleRecords({ instrument, resolution, part }: ClosedCandle, ids: Ids): readonly Waiting[] {
  const { at, prices, volume, trades, isWhole } = part;
  if (!prices || volume === null || trades === null) return [];
  const { open, high, low, close } = prices;
  const data = { instrument, resolution, at, open, high, low, close, volume, trades, isWhole };
  return [recordOf('market-data.candle', data, plusMs(at, RESOLUTION_MS[resolution]), ids)];
}

type MarketEvent = Extract<EventType, `market-data.${string}`>;

function recordOf<T extends MarketEvent>(
  type: T,
  data: EventData<T> & { readonly instrument: InstrumentId },
  occurredAt: Instant,
  ids: Ids,
): Waiting {
  const eventId = ids.next<EventId>();
  const key = data.instrument;
  const head = { eventId, version: 1, key, accountVersion: null, occurredAt, correlationId: eventId } as const;
  return { key, value: encodeEvent({ ...head, type, traceparent: null, data } as Envelope) };
}
