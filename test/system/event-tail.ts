import { type Consumer, Kafka, logLevel } from 'kafkajs';
import { registerLz4 } from '../../adapters/kafka/lz4';
import { decodeEvent, type Envelope } from '../../contracts/topics/envelope';
import { TOPICS } from '../../contracts/topics/topics';

registerLz4();

/** Follows every topic but the quotes, from its first record, as an auditor would. */
export class EventTail {
  readonly events: Envelope[] = [];
  private readonly waiters = new Set<() => void>();

  private constructor(private readonly consumer: Consumer) {}

  static async start(brokers: readonly string[], groupId: string): Promise<EventTail> {
    const kafka = new Kafka({ clientId: 'auditor', brokers: [...brokers], logLevel: logLevel.NOTHING });
    const consumer = kafka.consumer({ groupId });
    const tail = new EventTail(consumer);
    await consumer.connect();
    await consumer.subscribe({ topics: TOPICS.filter((topic) => topic !== 'market-data'), fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message }) => {
        const decoded = decodeEvent(message.value?.toString() ?? '');
        if (!decoded.ok) throw new Error(`a record on a topic of ours cannot be read: ${decoded.reason}`);
        tail.events.push(decoded.event);
        for (const wake of tail.waiters) wake();
      },
    });
    return tail;
  }

  /** Waits for the event of this type whose data name the id. */
  async until(type: Envelope['type'], id: string, timeoutMs = 30_000): Promise<Envelope> {
    const find = () => this.events.find((event) => event.type === type && JSON.stringify(idsOf(event)).includes(id));
    const seen = find();
    if (seen) return seen;
    return new Promise((resolve, reject) => {
      const wake = () => {
        const event = find();
        if (!event) return;
        this.waiters.delete(wake);
        resolve(event);
      };
      this.waiters.add(wake);
      setTimeout(() => {
        if (this.waiters.delete(wake)) reject(new Error(`no ${type} of ${id} within ${timeoutMs} ms`));
      }, timeoutMs).unref();
    });
  }

  /** The story of one assessment or account in the order in which it became true, each event once. */
  story(id: string): readonly string[] {
    const seen = new Map<string, Envelope>();
    for (const event of this.events) if (JSON.stringify(idsOf(event)).includes(id)) seen.set(event.eventId, event);
    return [...seen.values()]
      .sort((a, b) => (a.accountVersion ?? 0) - (b.accountVersion ?? 0))
      .map((event) => event.type);
  }

  stop = (): Promise<void> => this.consumer.disconnect();
}

const idsOf = (event: Envelope) => {
  const data = event.data as { accountId?: string; assessmentId?: string; orderId?: string; purchaseId?: string };
  return [event.key, data.accountId, data.assessmentId, data.orderId, data.purchaseId];
};
