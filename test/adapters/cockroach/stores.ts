import { makeAccountStore, makeOpenAccounts } from '../../../adapters/cockroach/account-store';
import { makeAssessmentStore } from '../../../adapters/cockroach/assessment-store';
import type { Database } from '../../../adapters/cockroach/database';
import { makeDeadLetters } from '../../../adapters/cockroach/dead-letter-store';
import { makeEngineLeases } from '../../../adapters/cockroach/engine-leases';
import { makeInstrumentStore } from '../../../adapters/cockroach/instrument-store';
import { makeLeadership } from '../../../adapters/cockroach/leadership';
import { makeOutbox } from '../../../adapters/cockroach/outbox-store';
import { makeReportStore } from '../../../adapters/cockroach/report-store';
import { makeSettlementStore } from '../../../adapters/cockroach/settlement-store';
import { systemClock, uuidIds } from '../../../runtime/edge';
import type { AccountStore, OpenAccounts } from '../../../usecases/ports/account-store';
import type { AssessmentStore } from '../../../usecases/ports/assessment-store';
import type { EngineLeases } from '../../../usecases/ports/engine-leases';
import type { Leadership } from '../../../usecases/ports/leadership';
import type { InstrumentStore } from '../../../usecases/ports/market-data';
import type { DeadLetters, Outbox } from '../../../usecases/ports/outbox';
import type { ReportStore } from '../../../usecases/ports/report-store';
import type { SettlementStore } from '../../../usecases/ports/settlement-store';
import { memoryAccountStore, memoryOpenAccounts, memorySettlementStore } from '../../fakes/memory-account-store';
import { memoryAssessmentStore } from '../../fakes/memory-assessment-store';
import { memoryEngineLeases } from '../../fakes/memory-engine-leases';
import { memoryInstrumentStore } from '../../fakes/memory-instrument-store';
import { memoryLeadership } from '../../fakes/memory-leadership';
import { memoryDeadLetters, memoryOutbox } from '../../fakes/memory-outbox';
import { memoryReportStore } from '../../fakes/memory-report-store';
import { memoryWorld } from '../../fakes/memory-world';
import { migratedDatabase } from './test-database';

export type Stores = {
  readonly accounts: AccountStore;
  readonly open: OpenAccounts;
  readonly assessments: AssessmentStore;
  readonly outbox: Outbox;
  readonly letters: DeadLetters;
  readonly reports: ReportStore;
  readonly instruments: InstrumentStore;
  readonly settlements: SettlementStore;
  readonly leases: EngineLeases;
  readonly leadership: Leadership;
};

type Opened = { readonly stores: Stores; readonly close: () => Promise<void> };

export const storesOn = (database: Database): Stores => ({
  accounts: makeAccountStore(database),
  open: makeOpenAccounts(database),
  assessments: makeAssessmentStore(database),
  outbox: makeOutbox(database),
  letters: makeDeadLetters(database, uuidIds),
  reports: makeReportStore(database),
  instruments: makeInstrumentStore(database),
  settlements: makeSettlementStore(database),
  leases: makeEngineLeases(database),
  leadership: makeLeadership(database),
});

function memoryStores(): Stores {
  const world = memoryWorld();
  return {
    accounts: memoryAccountStore(world),
    open: memoryOpenAccounts(world),
    assessments: memoryAssessmentStore(world),
    outbox: memoryOutbox(world),
    letters: memoryDeadLetters(world, systemClock, uuidIds),
    reports: memoryReportStore(world),
    instruments: memoryInstrumentStore(world),
    settlements: memorySettlementStore(world),
    leases: memoryEngineLeases(world),
    leadership: memoryLeadership(),
  };
}

/** The two implementations that every contract is run against. */
export const IMPLEMENTATIONS: readonly (readonly [string, () => Promise<Opened>])[] = [
  ['in memory', async () => ({ stores: memoryStores(), close: async () => undefined })],
  [
    'in the database',
    async () => {
      const database = await migratedDatabase();
      return { stores: storesOn(database), close: database.close };
    },
  ],
];
