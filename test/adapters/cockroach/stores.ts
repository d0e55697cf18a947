import { makeAccountStore, makeOpenAccounts } from '../../../adapters/cockroach/accounts/account-store';
import { makeAssessmentStore } from '../../../adapters/cockroach/assessments/assessment-store';
import { makeReportStore } from '../../../adapters/cockroach/assessments/report-store';
import type { Database } from '../../../adapters/cockroach/connection/database';
import { makeAccountJournal } from '../../../adapters/cockroach/events/account-journal';
import { makeDeadLetters } from '../../../adapters/cockroach/events/dead-letter-store';
import { makeOutbox } from '../../../adapters/cockroach/events/outbox-store';
import { makeEngineLeases } from '../../../adapters/cockroach/leases/engine-leases';
import { makeLeadership } from '../../../adapters/cockroach/leases/leadership';
import { makeMarketLeases } from '../../../adapters/cockroach/leases/market-leases';
import { makeInstrumentStore } from '../../../adapters/cockroach/market-data/instrument-store';
import { makePayoutStore } from '../../../adapters/cockroach/settlements/payout-store';
import { makeSettlementStore } from '../../../adapters/cockroach/settlements/settlement-store';
import { makeStudyQueue } from '../../../adapters/cockroach/studies/study-queue';
import { makeStudyStore } from '../../../adapters/cockroach/studies/study-store';
import { systemClock, uuidIds } from '../../../runtime/edge';
import type { AccountJournal } from '../../../usecases/ports/accounts/account-journal';
import type { AccountStore, OpenAccounts } from '../../../usecases/ports/accounts/account-store';
import type { PayoutStore } from '../../../usecases/ports/accounts/payout-store';
import type { SettlementStore } from '../../../usecases/ports/accounts/settlement-store';
import type { AssessmentStore } from '../../../usecases/ports/assessments/assessment-store';
import type { ReportStore } from '../../../usecases/ports/assessments/report-store';
import type { DeadLetters, Outbox } from '../../../usecases/ports/events/outbox';
import type { InstrumentStore } from '../../../usecases/ports/market-data/market-data';
import type { EngineLeases } from '../../../usecases/ports/operations/engine-leases';
import type { Leadership } from '../../../usecases/ports/operations/leadership';
import type { MarketLeases } from '../../../usecases/ports/operations/market-leases';
import type { StudyQueue } from '../../../usecases/ports/simulation/study-queue';
import type { StudyStore } from '../../../usecases/ports/simulation/study-store';
import { memoryAccountJournal } from '../../fakes/memory-account-journal';
import {
  memoryAccountStore,
  memoryOpenAccounts,
  memoryPayoutStore,
  memorySettlementStore,
} from '../../fakes/memory-account-store';
import { memoryAssessmentStore } from '../../fakes/memory-assessment-store';
import { memoryEngineLeases } from '../../fakes/memory-engine-leases';
import { memoryInstrumentStore } from '../../fakes/memory-instrument-store';
import { memoryLeadership } from '../../fakes/memory-leadership';
import { memoryMarketLeases } from '../../fakes/memory-market-leases';
import { memoryDeadLetters, memoryOutbox } from '../../fakes/memory-outbox';
import { memoryReportStore } from '../../fakes/memory-report-store';
import { MemoryStudies } from '../../fakes/memory-studies';
import { memoryWorld } from '../../fakes/memory-world';
import { migratedDatabase } from './test-database';

export type Stores = {
  readonly accounts: AccountStore;
  readonly open: OpenAccounts;
  readonly journal: AccountJournal;
  readonly assessments: AssessmentStore;
  readonly outbox: Outbox;
  readonly letters: DeadLetters;
  readonly reports: ReportStore;
  readonly instruments: InstrumentStore;
  readonly settlements: SettlementStore;
  readonly payouts: PayoutStore;
  readonly leases: EngineLeases;
  readonly leadership: Leadership;
  readonly marketLeases: MarketLeases;
  readonly studies: StudyStore;
  readonly studyQueue: StudyQueue;
};

type Opened = { readonly stores: Stores; readonly close: () => Promise<void> };

export const storesOn = (database: Database): Stores => ({
  accounts: makeAccountStore(database),
  open: makeOpenAccounts(database),
  journal: makeAccountJournal(database),
  assessments: makeAssessmentStore(database),
  outbox: makeOutbox(database),
  letters: makeDeadLetters(database, uuidIds),
  reports: makeReportStore(database),
  instruments: makeInstrumentStore(database),
  settlements: makeSettlementStore(database),
  payouts: makePayoutStore(database),
  leases: makeEngineLeases(database),
  leadership: makeLeadership(database),
  marketLeases: makeMarketLeases(database),
  studies: makeStudyStore(database),
  studyQueue: makeStudyQueue(database),
});

function memoryStores(): Stores {
  const world = memoryWorld();
  const studies = new MemoryStudies();
  return {
    accounts: memoryAccountStore(world),
    open: memoryOpenAccounts(world),
    journal: memoryAccountJournal(world),
    assessments: memoryAssessmentStore(world),
    outbox: memoryOutbox(world),
    letters: memoryDeadLetters(world, systemClock, uuidIds),
    reports: memoryReportStore(world),
    instruments: memoryInstrumentStore(world),
    settlements: memorySettlementStore(world),
    payouts: memoryPayoutStore(world),
    leases: memoryEngineLeases(world),
    leadership: memoryLeadership(),
    marketLeases: memoryMarketLeases(),
    studies: studies.store,
    studyQueue: studies.queue,
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
