import { makeRelay } from '../../../engines/relay/relay';

/** Goal: an event never waits long for the relay, an idle relay asks seldom, a broken part is not hammered. */
const paced = (passes: readonly (number | 'fails')[]) => {
  const counted: string[] = [];
  const told: string[] = [];
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
    },
    onFailure: (error, failures) => void told.push(`${(error as Error).message}, ${failures}`),
    onRecovered: (failures) => void told.push(`well after ${failures}`),
  });
  return { relay, counted, told };
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

test('each failure is told with its number in the row, and once that it is over', async () => {
  const { relay, told } = paced(['fails', 'fails', 2, 3]);
  for (let pass = 0; pass < 4; pass++) await relay.pass();
  expect(told).toEqual(['the broker is away, 1', 'the broker is away, 2', 'well after 2']);
});
