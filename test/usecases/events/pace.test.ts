import { makeRelay } from '../../../engines/relay/relay';
import { startLoop } from '../../../runtime/loop';

/** Goal: an event never waits long for the relay, an idle relay asks seldom, a broken part is not hammered. */
const quiet = { info: () => {}, error: () => {} } as never;

const paced = (passes: readonly (number | 'fails')[]) => {
  const counted: string[] = [];
  const rest = [...passes];
  const relay = makeRelay({
    relay: async () => {
      const next = rest.shift() ?? 0;
      if (next === 'fails') throw new Error('the broker is away');
      return next;
    },
    metrics: {
      sent: (rows) => void counted.push(`sent ${rows}`),
      failed: () => void counted.push('failed'),
      parked: () => {},
      backlog: () => {},
    },
    log: quiet,
  });
  return { relay, counted };
};

test.each`
  passes                            | waits                                  | story
  ${[500, 3]}                       | ${[0, 0]}                              | ${'busy: looks again at once'}
  ${[0, 0, 0]}                      | ${[5, 10, 15]}                         | ${'idle: less and less often'}
  ${Array(9).fill(0)}               | ${[5, 10, 15, 20, 25, 30, 35, 40, 40]} | ${'never later than 40 ms'}
  ${[0, 0, 7, 0]}                   | ${[5, 10, 0, 5]}                       | ${'busy again after idling'}
  ${['fails', 'fails', 'fails', 1]} | ${[100, 200, 400, 0]}                  | ${'gently after failures'}
`('$story', async ({ passes, waits }) => {
  const { relay } = paced(passes);
  const waited: number[] = [];
  for (const _ of passes) waited.push(await relay.pass());
  expect(waited).toEqual(waits);
});

test('it is not ready while its last pass failed, and says why', async () => {
  const { relay, counted } = paced(['fails', 2]);
  await relay.pass();
  expect(relay.health()).toBe('the broker is away');
  await relay.pass();
  expect([relay.health(), ...counted]).toEqual(['ok', 'failed', 'sent 2']);
});

test('stopping the loop waits for the pass under way and cuts its pause short', async () => {
  let [begun, ended] = [0, 0];
  const loop = startLoop(async () => {
    begun++;
    await new Promise((resolve) => setTimeout(resolve, 20));
    ended++;
    return 60_000;
  });
  await loop.stop();
  expect([begun, ended]).toEqual([1, 1]);
  const long = startLoop(async () => 60_000);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await long.stop();
});
