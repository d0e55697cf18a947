import type { AccountStore } from '../../../usecases/ports/accounts/account-store';
import type { Taking } from '../../../usecases/ports/market-data/taken-liquidity';
import type { MemoryTaken } from '../../fakes/memory-taken';
import { limitAt, openTrading, priceOf, qtyOf } from '../../fixtures/open-trading';
import { bitcoin } from '../../fixtures/stored-account';

const KEY = `asks ${priceOf('60001')}`;

async function opened(wrap?: (accounts: AccountStore) => AccountStore) {
  const trading = await openTrading({ riskPerTrade: null }, wrap);
  trading.quote(bitcoin.id, '60000', '60001', 'good', qtyOf('2'));
  const taken = trading.parts.taken as MemoryTaken;
  const ownOf = async () => (await taken.of(trading.userId, [bitcoin.id])).get(bitcoin.id)?.levels.get(KEY);
  return { ...trading, taken, ownOf };
}

/** Goal: what is saved is reserved, what is not saved is not, and nothing twice. */
test('a fill reserves what it took; the same order again nothing more', async () => {
  const { order, ownOf } = await opened();
  const placed = await order('buy', '0.5');
  if (!placed.ok) throw new Error(placed.refusal);
  const { orderId } = placed.value.placed;
  expect(await ownOf()).toEqual({ all: qtyOf('0.5'), own: qtyOf('0.5') });
  expect(await order('buy', '0.5', { orderId })).toMatchObject({ ok: true, value: { isReplay: true } });
  expect(await ownOf()).toEqual({ all: qtyOf('0.5'), own: qtyOf('0.5') });
});

test('an order that rests, and one that is refused, reserve nothing', async () => {
  const { order, ownOf } = await opened();
  await order('buy', '0.5', { terms: limitAt('50000') });
  await order('buy', '9');
  expect(await ownOf()).toBeUndefined();
});

test('what is reserved for a save that turns out to be stale is given back, and decided again', async () => {
  let overtaken = 1;
  const { order, ownOf } = await opened((accounts) => ({
    ...accounts,
    save: async (...given) => (overtaken-- > 0 ? 'stale' : accounts.save(...given)),
  }));
  expect(await order('buy', '0.5')).toMatchObject({ ok: true });
  expect(await ownOf()).toEqual({ all: qtyOf('0.5'), own: qtyOf('0.5') });
});

test('an error does not say whether it was saved: then it stays reserved', async () => {
  const { order, ownOf } = await opened((accounts) => ({
    ...accounts,
    save: async () => {
      throw new Error('the connection is lost');
    },
  }));
  await expect(order('buy', '0.5')).rejects.toThrow('the connection is lost');
  expect(await ownOf()).toEqual({ all: qtyOf('0.5'), own: qtyOf('0.5') });
});

test('whoever is overtaken at a level decides again on what is left of it', async () => {
  const { order, parts, taken, userId, ownOf } = await opened();
  const reserve = parts.taken.reserve;
  let isFirst = true;
  parts.taken.reserve = async (user, taking) => {
    if (isFirst) await stranger(taken, taking);
    isFirst = false;
    return reserve(user, taking);
  };
  const placed = await order('buy', '1.5', {
    terms: { type: 'limit', limitPrice: priceOf('60001'), timeInForce: { kind: 'ioc' } },
  });
  expect(placed).toMatchObject({ ok: true, value: { placed: { filledQty: qtyOf('0.8') } } });
  expect(await ownOf()).toEqual({ all: qtyOf('2'), own: qtyOf('0.8') });
  expect(userId).not.toBe(STRANGER);

  async function stranger(kept: MemoryTaken, { instrument }: Taking): Promise<void> {
    const levels = [{ key: KEY, qty: qtyOf('1.2'), allMax: qtyOf('2') }];
    isFirst = false;
    await reserve(STRANGER, { instrument, revision: 0, levels, trades: [], volumeQty: qtyOf('1.2') });
    expect(kept).toBe(taken);
  }
});

const STRANGER = 'a stranger' as never;
