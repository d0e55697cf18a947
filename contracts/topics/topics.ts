import { DAY_MS } from '../../domain/kernel/instant';
/** The Kafka topics. An event's type begins with its topic: `trading.order-filled` travels on `trading`. */
export const TOPICS = [
  'market-data',
  'trading',
  'assessment',
  'rules',
  'payment',
  'monte-carlo',
  'report',
  'identity',
] as const;

export type Topic = (typeof TOPICS)[number];

/** Records that a consumer cannot process go here with their reason. */
export const deadLetterTopic = (topic: Topic) => `${topic}.dead` as const;

/**
 * What venues say, frame by frame, on its way to the archive: no events of ours, and read by nobody else. Its retention
 * is how long the archive may be away.
 */
export const FRAMES_TOPIC = 'venue-frames';

type Shape = { readonly partitions: number; readonly retentionMs: number };

/** Quotes are kept for a day, everything else for the time in which a consumer may have to be rebuilt. */
export const TOPIC_SHAPES: Readonly<Record<Topic, Shape>> = {
  'market-data': { partitions: 12, retentionMs: DAY_MS },
  trading: { partitions: 12, retentionMs: 14 * DAY_MS },
  assessment: { partitions: 12, retentionMs: 14 * DAY_MS },
  rules: { partitions: 12, retentionMs: 14 * DAY_MS },
  payment: { partitions: 6, retentionMs: 14 * DAY_MS },
  'monte-carlo': { partitions: 6, retentionMs: 14 * DAY_MS },
  report: { partitions: 6, retentionMs: 14 * DAY_MS },
  identity: { partitions: 6, retentionMs: DAY_MS },
};

export const FRAMES_SHAPE: Shape = { partitions: 6, retentionMs: DAY_MS / 4 };
