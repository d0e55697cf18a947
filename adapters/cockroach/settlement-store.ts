import type { SettlementStore } from '../../usecases/ports/settlement-store';
import type { Database } from './database';
import { FIRST_ID } from './first-id';
import { accountsInInstrument, settlementsOf } from './settlement.sql';
import { settlementOf } from './settlement-rows';

export const makeSettlementStore = (database: Database): SettlementStore => ({
  of: async (id, instrument) => (await database.query(settlementsOf, [id, instrument])).map(settlementOf),
  all: async (id) => (await database.query(settlementsOf, [id, null])).map(settlementOf),
  accountsIn: async (instrument, after, limit) => {
    const rows = await database.query(accountsInInstrument, [instrument, after ?? FIRST_ID, limit]);
    return rows.map(({ account_id }) => account_id);
  },
});
