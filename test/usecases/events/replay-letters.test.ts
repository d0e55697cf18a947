import { instant } from '../../../domain/kernel/instant';
import { uuidIds } from '../../../runtime/edge';
import { replayLetters } from '../../../usecases/events/replay-letters';
import type { KeptLetter } from '../../../usecases/ports/events/outbox';
import { memoryDeadLetters } from '../../fakes/memory-outbox';
import { memoryWorld } from '../../fakes/memory-world';

/** Goal: letters go back in the order of their key, and one that fails again holds back only those behind it. */
async function parkedLetters(
  parked: readonly string[],
  cures: (key: string, offset: string) => boolean,
  isTimeUp: (sent: number) => boolean = () => false,
) {
  const letters = memoryDeadLetters(memoryWorld(), { now: () => instant(0) }, uuidIds);
  for (const [at, key] of parked.entries()) {
    await letters.park({
      consumer: 'write-report',
      topic: 'assessment',
      partition: 0,
      offset: String(at),
      key,
      value: '{}',
      reason: 'a bug',
    });
  }
  const sent: string[] = [];
  let onItsWay: KeptLetter | undefined;
  const replay = replayLetters({
    letters,
    publisher: {
      republish: async (letter) => {
        sent.push(`${letter.key}${letter.offset}`);
        onItsWay = letter;
        return undefined;
      },
    },
    wait: async () => {
      if (onItsWay && cures(onItsWay.key, onItsWay.offset)) await letters.release(onItsWay.id);
      onItsWay = undefined;
    },
    attemptsMax: 3,
    isTimeUp: () => isTimeUp(sent.length),
  });
  return { replay, sent, left: async () => (await letters.list()).map(({ key, offset }) => `${key}${offset}`) };
}

const names = (letters: readonly KeptLetter[]) => letters.map(({ key, offset }) => `${key}${offset}`);

test('all of several keys, each in its order', async () => {
  const { replay, sent, left } = await parkedLetters(['a', 'b', 'a', 'a', 'b'], () => true);
  const { released, stuck } = await replay(() => true);
  expect([names(released), names(stuck), await left()]).toEqual([['a0', 'a2', 'a3', 'b1', 'b4'], [], []]);
  expect(sent).toEqual(['a0', 'a2', 'a3', 'b1', 'b4']);
});

test('one that fails again stays, those behind it are not sent, other keys are', async () => {
  const { replay, sent, left } = await parkedLetters(['a', 'b', 'a', 'a'], (_, offset) => offset !== '2');
  const { released, stuck } = await replay(() => true);
  expect([names(released), names(stuck)]).toEqual([['a0', 'b1'], ['a2']]);
  expect([sent, await left()]).toEqual([
    ['a0', 'a2', 'b1'],
    ['a2', 'a3'],
  ]);
});

test('only what was chosen', async () => {
  const { replay, left } = await parkedLetters(['a', 'b'], () => true);
  await replay((letter) => letter.key === 'b');
  expect(await left()).toEqual(['a0']);
});

test('when time is up it says that more wait, and the next turn goes on where it ended', async () => {
  let turn = 2;
  const { replay, sent, left } = await parkedLetters(
    ['a', 'a', 'a', 'b'],
    () => true,
    (count) => count >= turn,
  );
  const first = await replay(() => true);
  expect([names(first.released), first.isMore, await left()]).toEqual([['a0', 'a1'], true, ['a2', 'b3']]);
  turn = 9;
  const second = await replay(() => true);
  expect([names(second.released), second.isMore, sent]).toEqual([['a2', 'b3'], false, ['a0', 'a1', 'a2', 'b3']]);
});
