import type { AccountId, InstrumentId } from '../../domain/kernel/ids';
import type { Payout } from '../../domain/market/instrument';
import type { Trace } from '../../usecases/ports/edge';
import type { EngineParts } from './engine-parts';
import { inPages } from './in-pages';

type PayingParts = Pick<
  EngineParts,
  'accountsIn' | 'settle' | 'isMine' | 'fence' | 'instruments' | 'newTrace' | 'onFailure'
>;

/** Pays the accounts of a shard for outcomes that have resolved, and tells which of them it paid. */
export class SettleHolders {
  private settling: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: PayingParts,
    private readonly paid: (id: AccountId, trace: Trace) => void,
  ) {}

  /** Beside the quotes, which go on: a market may have thousands of holders. Looking again makes up for what fails. */
  begin(instrument: InstrumentId, payout: Payout, trace: Trace): void {
    this.settling = this.settling
      .then(() => this.settle(instrument, payout, trace))
      .catch((error: unknown) => this.parts.onFailure(error, 'holders of a resolved outcome were not paid'));
  }

  /** All that has resolved and is still held. */
  async resolved(isHeld: (instrument: InstrumentId) => boolean): Promise<void> {
    for (const { id, status, payout } of await this.parts.instruments.list()) {
      if (status === 'resolved' && payout && isHeld(id)) await this.settle(id, payout, this.parts.newTrace());
    }
  }

  /** Resolves when what has begun is done. */
  idle(): Promise<void> {
    return this.settling;
  }

  /** Every account of the shard that holds the outcome, or was paid wrongly for it. */
  private async settle(instrument: InstrumentId, payout: Payout, trace: Trace): Promise<void> {
    const { accountsIn, settle, isMine, fence } = this.parts;
    const holders = inPages(
      (after, limit) => accountsIn(instrument, after, limit),
      (id) => id,
    );
    for await (const accountId of holders) {
      if (!isMine(accountId)) continue;
      if ((await settle({ accountId, instrument, payout, trace, fence })) === 'settled') this.paid(accountId, trace);
    }
  }
}
