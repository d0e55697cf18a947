import type { DeadLetters, KeptLetter, LetterPublisher } from './ports/outbox';

type ReplayParts = {
  readonly letters: Pick<DeadLetters, 'list'>;
  readonly publisher: LetterPublisher;
  /** Waits a moment for the consumer; called again until it had its effect or the attempts are used up. */
  readonly wait: () => Promise<void>;
  readonly attemptsMax: number;
};

type Replayed = {
  readonly released: readonly KeptLetter[];
  /** The first of each key that had no effect this time either; those behind it were not sent. */
  readonly stuck: readonly KeptLetter[];
};

/**
 * Sends chosen letters to their consumer again, each key in its order: the next one leaves when the consumer has taken
 * the one before off the list, in the way of any other event.
 */
export const replayLetters =
  (parts: ReplayParts) =>
  async (isChosen: (letter: KeptLetter) => boolean): Promise<Replayed> => {
    const streams = new Map<string, KeptLetter[]>();
    for (const letter of (await parts.letters.list()).filter(isChosen)) {
      const stream = `${letter.consumer} ${letter.topic} ${letter.key}`;
      streams.set(stream, [...(streams.get(stream) ?? []), letter]);
    }
    const released: KeptLetter[] = [];
    const stuck: KeptLetter[] = [];
    for (const stream of streams.values()) {
      for (const letter of stream) {
        await parts.publisher.republish(letter);
        if (!(await isTakenOff(parts, letter))) {
          stuck.push(letter);
          break;
        }
        released.push(letter);
      }
    }
    return { released, stuck };
  };

async function isTakenOff({ letters, wait, attemptsMax }: ReplayParts, { id }: KeptLetter): Promise<boolean> {
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    await wait();
    if (!(await letters.list()).some((letter) => letter.id === id)) return true;
  }
  return false;
}
