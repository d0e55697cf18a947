import type { AccountId, InstrumentId } from '../../domain/kernel/ids';
import type { Payout } from '../../domain/market/instrument';
import type { Trace } from '../../usecases/ports/edge';
import type { EngineParts } from './engine-parts';
import { inPages } from './in-pages';

/** Pays every account of the shard that holds a resolved outcome, or was paid wrongly for it; yields those it paid. */
export async function* settleHolders(
  { accountsIn, settle, isMine, fence }: Pick<EngineParts, 'accountsIn' | 'settle' | 'isMine' | 'fence'>,
  instrument: InstrumentId,
  payout: Payout,
  trace: Trace,
): AsyncGenerator<AccountId> {
  const holders = inPages(
    (after, limit) => accountsIn(instrument, after, limit),
    (id) => id,
  );
  for await (const accountId of holders) {
    if (!isMine(accountId)) continue;
    if ((await settle({ accountId, instrument, payout, trace, fence })) === 'settled') yield accountId;
  }
}
