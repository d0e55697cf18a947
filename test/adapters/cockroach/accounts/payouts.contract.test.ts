import { balanceOf } from '../../../../domain/account/account';
import type { PayoutTaken } from '../../../../domain/account/account-event';
import { payoutEntries } from '../../../../domain/account/positions/ledger';
import { type AccountId, idOf, type PayoutId } from '../../../../domain/kernel/ids';
import { plusMs } from '../../../../domain/kernel/instant';
import { subUsd, type Usd } from '../../../../domain/kernel/money';
import { uuidIds } from '../../../../runtime/edge';
import type { AccountSnapshot } from '../../../../usecases/ports/accounts/account-store';
import { changeTo, evolved, from } from '../../../fixtures/changed-account';
import { dollars, NOW, newAssessment } from '../../../fixtures/stored-account';
import { IMPLEMENTATIONS, type Stores } from '../stores';

const TAKEN = { at: NOW, amountUsd: dollars(100), traderUsd: dollars(80) };

const takenFrom = (
  { account }: AccountSnapshot,
  payoutId: PayoutId,
  more: { readonly at?: typeof NOW; readonly amountUsd?: Usd } = {},
): PayoutTaken => {
  const { at, amountUsd, traderUsd } = { ...TAKEN, ...more };
  const { highWaterUsd, dayPeakUsd } = account.standing.peaks;
  return {
    kind: 'payout_taken',
    payoutId,
    at,
    amountUsd,
    traderUsd,
    ledger: payoutEntries(amountUsd),
    cashUsd: subUsd(account.cashUsd, amountUsd),
    balanceUsd: subUsd(balanceOf(account), amountUsd),
    dayAnchorUsd: account.dayAnchorUsd,
    highWaterUsd,
    dayPeakUsd,
    periods: account.standing.periods,
  };
};

/** Goal: a payout is written once with the account that it leaves, and the fake says the same as the database. */
describe.each(IMPLEMENTATIONS)('payouts %s', (_, open) => {
  let stores: Stores;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ stores, close } = await open());
  });
  afterAll(() => close());

  const opened = async (): Promise<AccountId> => {
    const { given, inbox } = newAssessment();
    await stores.assessments.create(given, inbox);
    return given.accountId;
  };

  const save = async (accountId: AccountId, ...[payoutId, more]: [PayoutId, { at?: typeof NOW; amountUsd?: Usd }?]) => {
    const snapshot = await stores.accounts.load(accountId);
    if (!snapshot) throw new Error('opened above');
    const step = evolved(from(snapshot), takenFrom(snapshot, payoutId, more));
    return stores.accounts.save(snapshot, changeTo(snapshot, step));
  };

  test('what was taken is found by its id, and of its account with the newest first', async () => {
    const [accountId, other] = [await opened(), await opened()];
    const [first, second] = [uuidIds.next<PayoutId>(), uuidIds.next<PayoutId>()];
    expect(await save(accountId, first)).toBe('saved');
    expect(await save(accountId, second, { at: plusMs(NOW, 1), amountUsd: dollars(200) })).toBe('saved');
    const kept = [
      { payoutId: second, amountUsd: dollars(200), traderUsd: dollars(80), takenAt: plusMs(NOW, 1) },
      { payoutId: first, amountUsd: dollars(100), traderUsd: dollars(80), takenAt: NOW },
    ];
    expect(await stores.payouts.of(accountId)).toEqual(kept);
    expect(await stores.payouts.find(accountId, first)).toEqual(kept[1]);
    expect(await stores.payouts.find(other, first)).toBeUndefined();
    expect(await stores.payouts.of(other)).toEqual([]);
    const { account } = (await stores.accounts.load(accountId)) ?? {};
    expect([account?.cashUsd, account?.standing.payouts.taken]).toEqual([dollars(99_700), 2]);
  });

  test('an id is taken once of an account, whatever version comes with it; another account has its own', async () => {
    const [accountId, other] = [await opened(), await opened()];
    const payoutId = idOf<PayoutId>(uuidIds.next());
    expect(await save(accountId, payoutId)).toBe('saved');
    expect(await save(accountId, payoutId)).toBe('stale');
    expect(await save(other, payoutId)).toBe('saved');
    expect(await stores.payouts.of(accountId)).toHaveLength(1);
  });
});
