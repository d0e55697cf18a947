import { Unstorable } from '../../../usecases/concurrency/unstorable';
import type { AccountStore } from '../../../usecases/ports/accounts/account-store';
import { openTrading } from '../../fixtures/open-trading';
import { bitcoin } from '../../fixtures/stored-account';

/** A store that can keep nothing more, and counts how often it was asked to. */
function full(tries: { count: number }) {
  return (accounts: AccountStore): AccountStore => ({
    ...accounts,
    save: async () => {
      tries.count += 1;
      return 'out_of_range';
    },
  });
}

/** Goal: what cannot be kept is said once, to whoever can do something about it; nobody tries it again and again. */
test('a trader is refused, and the judge calls for a person', async () => {
  const tries = { count: 0 };
  const trading = await openTrading({}, full(tries));
  trading.quote(bitcoin.id, '60000', '60000');
  expect(await trading.order('buy', '0.5')).toMatchObject({ ok: false, refusal: 'quantity_too_large' });
  expect(tries.count).toBe(1);
  trading.later(24 * 3_600_000);
  await expect(trading.judge()).rejects.toThrow(new Unstorable(trading.accountId));
  expect(tries.count).toBe(2);
});
