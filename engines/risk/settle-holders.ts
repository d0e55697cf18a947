import type { AccountId, InstrumentId } from '../../domain/kernel/ids';
import { listedIn } from '../../domain/market/listing';
import { isUnstorable } from '../../usecases/concurrency/unstorable';
import { inPages } from '../../usecases/events/pagination';
import type { Trace } from '../../usecases/ports/clock-and-ids';
import type { EngineParts } from './engine-parts';

type PayingParts = Pick<
  EngineParts,
  'accountsIn' | 'settle' | 'isMine' | 'fence' | 'instruments' | 'newTrace' | 'onFailure'
>;

/**
 * Pays the accounts of a shard for outcomes that have resolved, and tells which of them it paid. News of a resolution
 * is only the cause: what is paid is what the catalogue says, for news can be repeated, and overtaken by a correction.
 */
export class SettleHolders {
  private settling: Promise<void> = Promise.resolve();
  /** Resolutions whose holders have not all been paid yet. */
  private readonly owed = new Map<InstrumentId, Trace>();

  constructor(
    private readonly parts: PayingParts,
    private readonly paid: (id: AccountId, trace: Trace) => void,
  ) {}

  /** Whether every holder is paid; until then a successor is made to read the resolution again. */
  get isPaid(): boolean {
    return this.owed.size === 0;
  }

  /** Pays in the background, because a market may have thousands of holders; `resolved` repeats what fails. */
  begin(instrument: InstrumentId, trace: Trace): void {
    this.owed.set(instrument, trace);
    this.settling = this.settling
      .then(() => this.settle(instrument, trace))
      .catch((error: unknown) => this.parts.onFailure(error, 'holders of a resolved outcome were not paid'));
  }

  /** All that has resolved and is still held or owed. */
  async resolved(isHeld: (instrument: InstrumentId) => boolean): Promise<void> {
    for (const { id, status } of await this.parts.instruments.list()) {
      const owed = this.owed.get(id);
      if (status === 'resolved' && (owed || isHeld(id))) await this.settle(id, owed ?? this.parts.newTrace());
    }
  }

  /** Resolves when what has begun is done. */
  idle(): Promise<void> {
    return this.settling;
  }

  /** Every account of the shard that holds the outcome, or was paid wrongly for it; one that fails is owed. */
  private async settle(instrument: InstrumentId, trace: Trace): Promise<void> {
    const { accountsIn, isMine, instruments } = this.parts;
    const { status, payout = null } = (await instruments.find([instrument])).get(instrument) ?? {};
    let isPaid = true;
    if (status === 'resolved' && payout) {
      const holders = inPages(
        (after: AccountId | undefined, limit) => accountsIn(listedIn(instrument), after, limit),
        (id) => id,
      );
      for await (const accountId of holders) {
        if (isMine(accountId)) isPaid = (await this.pay({ accountId, instrument, payout, trace })) && isPaid;
      }
    }
    if (isPaid && this.owed.get(instrument) === trace) this.owed.delete(instrument);
  }

  private async pay(command: Omit<Parameters<EngineParts['settle']>[0], 'fence'>): Promise<boolean> {
    const { settle, fence, onFailure } = this.parts;
    try {
      const outcome = await settle({ ...command, fence });
      if (outcome === 'settled') this.paid(command.accountId, command.trace);
      return outcome !== 'busy';
    } catch (error) {
      onFailure(error, 'an account was not paid for a resolved outcome', command.accountId);
      return isUnstorable(error);
    }
  }
}
