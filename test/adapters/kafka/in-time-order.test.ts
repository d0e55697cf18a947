import fc from 'fast-check';
import { InTimeOrder } from '../../../adapters/kafka/in-time-order';

type Item = { readonly source: string; readonly occurredAt: number };

/** Goal: whoever reads several partitions that catch up sees them as if they had been read while they were written. */
const arrivals = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(20)), { maxLength: 60 })
  .map((pairs): readonly Item[] => {
    const clocks = new Map<string, number>();
    return pairs.map(([source, step]) => {
      const occurredAt = (clocks.get(source) ?? 0) + step;
      clocks.set(source, occurredAt);
      return { source, occurredAt };
    });
  });

test('however sources arrive, everything comes once, by time, and within a source in its order', () => {
  fc.assert(
    fc.property(arrivals, fc.func(fc.boolean()), (items, isReleaseDue) => {
      const order = new InTimeOrder<Item>(['a', 'b', 'c']);
      const seen: Item[] = [];
      items.forEach((item, index) => {
        order.hold(item.source, item);
        if (!items.slice(index + 1).some(({ source }) => source === item.source)) order.caughtUp(item.source);
        if (isReleaseDue(index)) seen.push(...order.released());
      });
      for (const source of ['a', 'b', 'c']) order.caughtUp(source);
      seen.push(...order.released());
      expect(seen.map(({ occurredAt }) => occurredAt)).toEqual(
        items.map(({ occurredAt }) => occurredAt).sort((a, b) => a - b),
      );
      for (const source of ['a', 'b', 'c']) {
        const of = (list: readonly Item[]) => list.filter((item) => item.source === source);
        expect(of(seen)).toEqual(of(items));
      }
    }),
  );
});

const hold = (order: InTimeOrder<Item>, ...items: readonly [string, number][]): void => {
  for (const [source, occurredAt] of items) order.hold(source, { source, occurredAt });
};
const released = (order: InTimeOrder<Item>) =>
  [...order.released()].map(({ source, occurredAt }) => source + occurredAt);

test('an item waits for a source that may still bring an older one, and for no other', () => {
  const order = new InTimeOrder<Item>(['a', 'b']);
  hold(order, ['a', 3], ['a', 5], ['live', 6]);
  expect([released(order), order.waiting('a')]).toEqual([[], 2]);
  hold(order, ['b', 4]);
  expect(released(order)).toEqual(['a3', 'b4']);
  order.caughtUp('b');
  expect(released(order)).toEqual(['a5']);
  order.caughtUp('a');
  expect(released(order)).toEqual(['live6']);
});
