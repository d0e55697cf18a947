import { type DeadLetters, type KeptLetter, type LetterPublisher, RELAY } from '../ports/events/outbox';

type ReplayParts = {
  readonly letters: Pick<DeadLetters, 'list' | 'release'>;
  readonly publisher: LetterPublisher;
  /** Waits a moment for the consumer; called again until it had its effect or the attempts are used up. */
  readonly wait: () => Promise<void>;
  readonly attemptsMax: number;
  /** Asked before each letter: a function that replays must end before it is ended. */
  readonly isTimeUp?: () => boolean;
};

type Replayed = {
  readonly released: readonly KeptLetter[];
  /** The first of each key that had no effect this time either; those behind it were not sent. */
  readonly stuck: readonly KeptLetter[];
  /** Time was up before all had their turn. */
  readonly isMore: boolean;
};

/**
 * Sends chosen letters again, each key in its order. A consumer's letter goes to that consumer, in the way of any other
 * event, and the next one leaves when it has taken the one before off the list. One of the relay's, which no topic ever
 * had, is done when its topic has it; what the relay parks behind it meanwhile follows.
 */
export const replayLetters =
  (parts: ReplayParts) =>
  async (isChosen: (letter: KeptLetter) => boolean): Promise<Replayed> => {
    const released: KeptLetter[] = [];
    const stuck = new Map<string, KeptLetter>();
    const done = new Set<string>();
    for (;;) {
      const streams = streamsOf(
        await parts.letters.list(),
        (letter) => isChosen(letter) && !done.has(streamOf(letter)),
      );
      if (streams.size === 0) return { released, stuck: [...stuck.values()], isMore: false };
      for (const [name, stream] of streams) {
        const { sent, failed } = await replayStream(parts, stream);
        released.push(...sent);
        if (failed) stuck.set(name, failed);
        if (parts.isTimeUp?.()) return { released, stuck: [...stuck.values()], isMore: true };
        if (failed || stream[0]?.consumer !== RELAY) done.add(name);
      }
    }
  };

/** Letters that follow one another. The relay keeps a key's order over all topics; without a key there is none. */
const streamOf = ({ consumer, topic, key, id }: KeptLetter): string =>
  `${consumer} ${consumer === RELAY ? '' : topic} ${key === '' ? `alone ${id}` : key}`;

function streamsOf(letters: readonly KeptLetter[], isWanted: (letter: KeptLetter) => boolean) {
  const streams = new Map<string, KeptLetter[]>();
  for (const letter of letters.filter(isWanted)) {
    const stream = streams.get(streamOf(letter)) ?? [];
    streams.set(streamOf(letter), stream);
    stream.push(letter);
  }
  for (const stream of streams.values()) {
    if (stream[0]?.consumer === RELAY) stream.sort((a, b) => (BigInt(a.offset) < BigInt(b.offset) ? -1 : 1));
  }
  return streams;
}

async function replayStream(parts: ReplayParts, stream: readonly KeptLetter[]) {
  const sent: KeptLetter[] = [];
  for (const letter of stream) {
    if (parts.isTimeUp?.()) break;
    const refusal = await parts.publisher.republish(letter);
    if (refusal !== undefined) return { sent, failed: { ...letter, reason: refusal } };
    if (letter.consumer === RELAY) await parts.letters.release(letter.id);
    else if (!(await isTakenOff(parts, letter))) return { sent, failed: letter };
    sent.push(letter);
  }
  return { sent, failed: undefined };
}

async function isTakenOff({ letters, wait, attemptsMax }: ReplayParts, { id }: KeptLetter): Promise<boolean> {
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    await wait();
    if (!(await letters.list()).some((letter) => letter.id === id)) return true;
  }
  return false;
}
