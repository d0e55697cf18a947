import type { EventId } from '../../../domain/kernel/ids';

/** An outbox row as the relay sends it; `body` is the encoded envelope. */
export type OutboxRow = {
  readonly eventId: EventId;
  readonly topic: string;
  readonly key: string;
  readonly body: string;
};

/** `waits`: an earlier row of its key is among the relay's dead letters. */
export type UnsentRow = OutboxRow & { readonly waits: boolean };

/** A row that leaves the outbox for the dead letters: the broker refuses it for good, or it waits behind one such. */
export type ParkedRow = UnsentRow & { readonly reason: string };

/** Whose letters the rows are that never reached a topic, and the partition that they are listed under. */
export const RELAY = 'event-relay';
export const NO_PARTITION = -1;

export type Outbox = {
  /** Unsent rows, oldest first: within a key in the order in which they were written. */
  readonly unsent: (limit: number) => Promise<readonly UnsentRow[]>;
  readonly markSent: (ids: readonly EventId[]) => Promise<void>;
  /**
   * Makes the rows dead letters of RELAY, numbered in this order, and takes them out of the outbox. One that `waits`
   * stays in the outbox when the letters that it waited for have been released meanwhile.
   */
  readonly park: (rows: readonly ParkedRow[]) => Promise<void>;
  /** How many wait, and for how long the oldest has, for the metrics. */
  readonly backlog: () => Promise<{ readonly rows: number; readonly oldestMs: number }>;
};

/** A record that a consumer could not process, and those of the same key parked behind it. */
export type DeadLetter = {
  readonly consumer: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  /** The record's value as it came; in base64 with a prefix where its bytes are no text that can be kept. */
  readonly value: string;
  readonly reason: string;
};

export type DeadLetters = {
  /** Stores the letter and its outbox row for `<topic>.dead`, once per consumer, partition and offset. */
  readonly park: (letter: DeadLetter) => Promise<void>;
  /** Those of `keys` behind which records wait. */
  readonly parkedKeys: (consumer: string, keys: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly list: () => Promise<readonly KeptLetter[]>;
  /** How many there are. */
  readonly waiting: () => Promise<number>;
  /** Takes a letter off after it was replayed. */
  readonly release: (id: string) => Promise<void>;
};

/** A letter as it is kept. */
export type KeptLetter = DeadLetter & { readonly id: string; readonly parkedAt: string };

export type LetterPublisher = {
  /**
   * Sends the record to its topic once more, addressed to the consumer that parked it; one of RELAY's, which never left,
   * as any other event. Answers why when the broker refuses it for good.
   */
  readonly republish: (letter: KeptLetter) => Promise<string | undefined>;
};

/** Whose effect it is and which event caused it: recorded in the transaction of the effect, so that it happens once. */
export type Inbox = { readonly consumer: string; readonly eventId: EventId };
