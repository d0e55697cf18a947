import { instant } from '../../domain/kernel/instant';
import { startLeading } from '../../runtime/leader';
import type { Leadership } from '../../usecases/ports/operations/leadership';
import { memoryLeadership } from '../fakes/memory-leadership';

const EVERY_MS = 5;
const rest = () => new Promise((resolve) => setTimeout(resolve, 6 * EVERY_MS));

/** Goal: of two copies one works; the other takes over when it leaves, and nobody stops because nobody can be asked. */
function copyOf(leadership: Leadership, owner: string, clock: { now: number }) {
  const done: string[] = [];
  const leader = startLeading({
    leadership,
    role: 'relay',
    owner,
    everyMs: EVERY_MS,
    now: () => instant(clock.now),
    begin: () => void done.push('begin'),
    end: () => void done.push('end'),
    onFailure: (error) => void done.push((error as Error).message),
  });
  return { leader, done };
}

test('one of two works, and the other begins as soon as it has stopped', async () => {
  const leadership = memoryLeadership();
  const clock = { now: 0 };
  const first = copyOf(leadership, 'first', clock);
  await rest();
  const second = copyOf(leadership, 'second', clock);
  await rest();
  expect([first.leader.isLeading(), second.leader.isLeading()]).toEqual([true, false]);
  await first.leader.stop();
  await rest();
  expect(second.leader.isLeading()).toBe(true);
  await second.leader.stop();
  expect([first.done, second.done]).toEqual([
    ['begin', 'end'],
    ['begin', 'end'],
  ]);
});

test('a copy that vanished is followed when its claim has expired; if it comes back it waits', async () => {
  const leadership = memoryLeadership();
  const clock = { now: 0 };
  await leadership.claim('relay', 'vanished', instant(0), 7_000);
  const second = copyOf(leadership, 'second', clock);
  await rest();
  expect(second.leader.isLeading()).toBe(false);
  clock.now = 7_000;
  await rest();
  expect(second.leader.isLeading()).toBe(true);
  const back = copyOf(leadership, 'vanished', clock);
  await rest();
  expect(back.leader.isLeading()).toBe(false);
  await Promise.all([back.leader.stop(), second.leader.stop()]);
});

test('while nobody can be asked, who works goes on and who waits waits', async () => {
  const real = memoryLeadership();
  const state = { isDown: false };
  const leadership: Leadership = {
    claim: async (...given) => {
      if (state.isDown) throw new Error('down');
      return real.claim(...given);
    },
    resign: real.resign,
  };
  const clock = { now: 0 };
  const first = copyOf(leadership, 'first', clock);
  await rest();
  const second = copyOf(leadership, 'second', clock);
  state.isDown = true;
  clock.now = 60_000;
  await rest();
  expect([first.leader.isLeading(), second.leader.isLeading()]).toEqual([true, false]);
  expect(first.done.slice(0, 2)).toEqual(['begin', 'down']);
  await Promise.all([first.leader.stop(), second.leader.stop()]);
});
