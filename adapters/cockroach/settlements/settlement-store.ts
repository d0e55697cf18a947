import type { KeptEvent } from '../../../domain/assessment/settlement/account-moves';
import type { SettlementStore } from '../../../usecases/ports/accounts/settlement-store';
import type { Database } from '../connection/database';
import { FIRST_ID } from '../connection/first-id';
import { accountsInInstrument, fillMovesOf, settlementsOf } from './settlement.sql';
import { fillMoveOf, settlementOf } from './settlement-rows';

export const makeSettlementStore = (database: Database): SettlementStore => ({
  of: async (id, instrument) => (await database.query(settlementsOf, [id, instrument])).map(settlementOf),
  moves: async (id) => {
    const [fills, settlements] = await Promise.all([
      database.query(fillMovesOf, [id]),
      database.query(settlementsOf, [id, null]),
    ]);
    const settled = settlements.map(
      (row): KeptEvent => ({ kind: 'settlement', version: row.version, settlement: settlementOf(row) }),
    );
    return [...fills.map(fillMoveOf), ...settled].sort((a, b) => a.version - b.version);
  },
  accountsIn: async (instrument, after, limit) => {
    const rows = await database.query(accountsInInstrument, [instrument, after ?? FIRST_ID, limit]);
    return rows.map(({ account_id }) => account_id);
  },
});
