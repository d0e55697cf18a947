import { CompressionTypes, type Kafka, Partitioners } from 'kafkajs';
import { encodeEvent } from '../../contracts/topics/envelope';
import type { EventId } from '../../domain/kernel/ids';
import type { Book } from '../../domain/market/book';
import type { Ids } from '../../usecases/ports/edge';
import type { QuotePublisher } from '../../usecases/ports/market-data';
import { registerLz4 } from './lz4';
import { quoteDataOf } from './quote-data';

const LINGER_MS = 3;
const TOPIC = 'market-data';

type Waiting = { readonly key: string; readonly value: string };
type Batch = { readonly messages: Waiting[]; readonly sent: Promise<void> };

/**
 * Quotes wait a few milliseconds for company and leave as one compressed request, the next only after the answer to
 * the one before. One replica's word is enough (acks = 1): a lost quote is replaced by the next one, and its
 * consumers go by the book's sequence.
 */
export async function openQuotePublisher(
  kafka: Kafka,
  ids: Ids,
): Promise<QuotePublisher & { readonly close: () => Promise<void> }> {
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

  return {
    publish: (book) => {
      open ??= begin();
      open.messages.push({ key: book.instrument, value: quoteEvent(book, ids.next<EventId>()) });
      return open.sent;
    },
    close: async () => {
      await open?.sent.catch(() => {});
      await producer.disconnect();
    },
  };
}

const quoteEvent = (book: Book, eventId: EventId): string =>
  encodeEvent({
    eventId,
    type: 'market-data.quote',
    version: 1,
    key: book.instrument,
    accountVersion: null,
    occurredAt: book.receivedAt,
    correlationId: eventId,
    traceparent: null,
    data: quoteDataOf(book),
  });
