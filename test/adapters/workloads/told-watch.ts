import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { silentLog } from '../../../adapters/kafka/log';
import { openTopicReader } from '../../../adapters/kafka/topic-reader';
import type { makeBookStore } from '../../../adapters/redis/market-store';
import type { InstrumentId } from '../../../domain/kernel/ids';
import { isNewer, type QuoteAge } from '../../../domain/market/quote-age';
import { Looks } from './looks';

type Seen = QuoteAge & { readonly at: number };

/** What everybody hears of the prices, from the topic and from Redis, as it comes. */
export class ToldWatch {
  /** Per instrument what readers of the topic took, which is what is newer than what they had. */
  readonly taken = new Map<InstrumentId, Seen[]>();
  /** Sequences that the topic told after a higher one: of somebody who told beside another. */
  readonly behind: string[] = [];
  /** Times at which Redis had an older book than before. */
  readonly wentBack: string[] = [];
  private readonly inRedis = new Map<InstrumentId, number>();
  private isOver = false;
  private looking = Promise.resolve();
  private readonly looks = new Looks();

  constructor(private readonly books: ReturnType<typeof makeBookStore>) {}

  async start(kafka: Kafka): Promise<() => Promise<void>> {
    const groupId = `told-watch-${randomUUID()}`;
    const reader = await openTopicReader(kafka, { groupId, topics: ['market-data'], log: silentLog });
    await reader.start((event) => {
      if (event.type === 'market-data.quote') this.note(event.data);
    });
    this.looking = this.look();
    return async () => {
      this.isOver = true;
      await this.looking;
      await reader.stop();
    };
  }

  /** Which instruments nobody heard of for longer than this at a time between these moments, and for how long. */
  pausesOver(ms: number, from: number, until: number): readonly string[] {
    return [...this.taken].flatMap(([id, seen]) => {
      const times = [from, ...seen.map(({ at }) => at).filter((at) => at > from && at < until), until];
      const longest = Math.max(...times.slice(1).map((at, index) => at - (times[index] ?? at)));
      return longest > ms ? [`${id} ${Math.round(longest)}`] : [];
    });
  }

  /** Resolves when that is so; looked at after each record. */
  until(what: string, isSo: () => boolean, withinMs: number): Promise<void> {
    return this.looks.until(what, isSo, withinMs);
  }

  private note({ instrument, sequence, receivedAt }: QuoteAge & { readonly instrument: InstrumentId }): void {
    const seen = this.taken.get(instrument) ?? [];
    this.taken.set(instrument, seen);
    const known = seen.at(-1);
    if (known && sequence <= known.sequence) this.behind.push(`${instrument} ${sequence} after ${known.sequence}`);
    if (isNewer({ sequence, receivedAt }, known)) seen.push({ sequence, receivedAt, at: performance.now() });
    this.looks.again();
  }

  private async look(): Promise<void> {
    while (!this.isOver) {
      for (const [id, { sequence }] of await this.books.told([...this.taken.keys()])) {
        const before = this.inRedis.get(id) ?? 0;
        if (sequence < before) this.wentBack.push(`${id} ${sequence} after ${before}`);
        this.inRedis.set(id, Math.max(sequence, before));
      }
      await new Promise((go) => setTimeout(go, 5));
    }
  }
}
