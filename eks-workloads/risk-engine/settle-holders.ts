import type { AccountId, InstrumentId } from '../../domain/kernel/ids';
import type { Payout } from '../../domain/market/instrument';
import type { Trace } from '../../usecases/ports/edge';
import type { EngineParts } from './engine-parts';

const PAGE = 500;

/** Pays every account of the shard that holds a resolved outcome, or was paid wrongly for it; yields those it paid. */
export async function* settleHolders(
  { accountsIn, settle, isMine, fence }: Pick<EngineParts, 'accountsIn' | 'settle' | 'isMine' | 'fence'>,
  instrument: InstrumentId,
  payout: Payout,
  trace: Trace,
): AsyncGenerator<AccountId> {
  let after: AccountId | undefined;
  do {
    const page = await accountsIn(instrument, after, PAGE);
    for (const accountId of page.filter(isMine)) {
      if ((await settle({ accountId, instrument, payout, trace, fence })) === 'settled') yield accountId;
    }
    after = page.length < PAGE ? undefined : page.at(-1);
  } while (after !== undefined);
}
