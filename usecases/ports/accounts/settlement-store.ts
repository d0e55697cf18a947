import type { Settlement } from '../../../domain/account/account-event';
import type { KeptEvent } from '../../../domain/assessment/settlement/account-moves';
import type { AccountId, InstrumentId } from '../../../domain/kernel/ids';

/** What resolved outcomes have paid; each is written with its account's change. */
export type SettlementStore = {
  /** The settlements of one account in one instrument, oldest first: a correction reverses the last. */
  readonly of: (id: AccountId, instrument: InstrumentId) => Promise<readonly Settlement[]>;
  /** Everything that moved the money of one account, its fills and settlements, oldest first. */
  readonly moves: (id: AccountId) => Promise<readonly KeptEvent[]>;
  /** Accounts of any status that hold the instrument or were paid for it, in pages by account id. */
  readonly accountsIn: (
    instrument: InstrumentId,
    after: AccountId | undefined,
    limit: number,
  ) => Promise<readonly AccountId[]>;
};
