import { type Instant, plusMs } from '../../../domain/kernel/instant';
import type { Instrument } from '../../../domain/market/instrument';
import { DELISTED_FOR_MS, settleDelisted } from '../../../usecases/market-data/settle-delisted';
import { dollars, TEN } from '../../fixtures/book-story';
import { bitcoin, ether } from '../../fixtures/domain-story';

/** A catalogue in which coins were closed at TEN, and the last mark of one of them. */
function gone(...closed: readonly Instrument[]) {
  const told: Instrument[] = [];
  const state = { now: TEN as Instant };
  const settle = settleDelisted({
    catalogue: {
      delisted: async (before) => (before >= TEN ? closed.filter(({ id }) => !told.some((one) => one.id === id)) : []),
    },
    candles: { lastMark: async (id) => (id === bitcoin.id ? dollars(7) : undefined) },
    publishInstruments: async (instruments) => void told.push(...instruments),
    clock: { now: () => state.now },
  });
  return { told, state, settle };
}

test('a coin that is gone for a day is settled at its last middle, once; not a millisecond earlier', async () => {
  const { told, state, settle } = gone({ ...bitcoin, status: 'closed' });
  state.now = plusMs(TEN, DELISTED_FOR_MS - 1);
  await settle();
  expect(told).toEqual([]);
  state.now = plusMs(TEN, DELISTED_FOR_MS);
  await settle();
  await settle();
  expect(told).toEqual([{ ...bitcoin, status: 'resolved', payout: { kind: 'pays', price: dollars(7) } }]);
});

test('one whose last price is lost gives back what was paid', async () => {
  const { told, state, settle } = gone({ ...ether, status: 'closed' });
  state.now = plusMs(TEN, DELISTED_FOR_MS);
  await settle();
  expect(told.map(({ payout }) => payout)).toEqual([{ kind: 'void' }]);
});
