import fc from 'fast-check';
import { Sequencer } from '../../../engines/gateway/sequencer';

/** Goal: whatever the topics do to the order, a browser reads its account's events one by one. */
test.each`
  story                                                | steps                                  | told
  ${'nothing is told before the snapshot'}             | ${'4 5'}                               | ${''}
  ${'the snapshot contains the first two'}             | ${'4 5 snapshot:5 6'}                  | ${'s5 6'}
  ${'one overtakes the other'}                         | ${'snapshot:0 2 1 3'}                  | ${'s0 1 2 3'}
  ${'the same event twice'}                            | ${'snapshot:0 1 1 2 1 2'}              | ${'s0 1 2'}
  ${'a missing one holds back those after it'}         | ${'snapshot:0 1 3 4'}                  | ${'s0 1'}
  ${'a snapshot stands in for the missing'}            | ${'snapshot:0 1 3 5 snapshot:3 4'}     | ${'s0 1 s3 4 5'}
  ${'paused for a snapshot, then on'}                  | ${'snapshot:0 1 pause 2 3 snapshot:2'} | ${'s0 1 s2 3'}
  ${'a newer state is never followed by older events'} | ${'snapshot:7 3 8'}                    | ${'s7 8'}
`('$story', ({ steps, told }: { steps: string; told: string }) => {
  const sequencer = new Sequencer<number>();
  const heard: string[] = [];
  for (const step of steps.split(' ')) {
    const [word, number] = step.split(':');
    if (word === 'pause') sequencer.pause();
    else if (word === 'snapshot') heard.push(`s${number}`, ...sequencer.resume(Number(number)).map(String));
    else heard.push(...sequencer.take(Number(word), Number(word)).map(String));
  }
  expect(heard.join(' ')).toBe(told);
});

test('it knows when it waits for a predecessor', () => {
  const sequencer = new Sequencer<string>();
  sequencer.take(2, 'two');
  expect(sequencer.isWaiting).toBe(false);
  sequencer.resume(0);
  expect(sequencer.isWaiting).toBe(true);
  sequencer.take(1, 'one');
  expect(sequencer.isWaiting).toBe(false);
});

test('any interleaving of topics, with repeats and with snapshots in between, is told once and in order', () => {
  const topics = fc
    .array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 40 })
    .map((topicOfVersion) => topicOfVersion.map((topic, index) => ({ topic, version: index + 1 })));
  fc.assert(
    fc.property(topics, fc.infiniteStream(fc.nat()), (events, choices) => {
      const queues = [0, 1, 2, 3].map((topic) => events.filter((event) => event.topic === topic));
      const sequencer = new Sequencer<number>();
      const heard: number[] = [];
      const delivered = new Set<number>();
      heard.push(...sequencer.resume(0));
      const next = () => choices.next().value ?? 0;
      while (queues.some((queue) => queue.length > 0)) {
        const open = queues.filter((queue) => queue.length > 0);
        const queue = open[next() % open.length] ?? [];
        const [event] = next() % 4 === 0 ? queue : queue.splice(0, 1); // A repeat leaves the record in its topic.
        if (!event) continue;
        heard.push(...sequencer.take(event.version, event.version));
        delivered.add(event.version);
        if (next() % 9 === 0) {
          const last = heard.at(-1) ?? 0;
          sequencer.pause();
          heard.push(...sequencer.resume(last));
        }
      }
      expect(heard).toEqual(events.map((event) => event.version));
      expect(sequencer.isWaiting).toBe(false);
    }),
  );
});
