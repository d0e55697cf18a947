import { randomUUID } from 'node:crypto';
import { makeAccountStore } from '../../../../adapters/cockroach/accounts/account-store';
import { makeAssessmentStore } from '../../../../adapters/cockroach/assessments/assessment-store';
import type { Database } from '../../../../adapters/cockroach/connection/database';
import { sql } from '../../../../adapters/cockroach/connection/statement';
import { makeRegistrationStore } from '../../../../adapters/cockroach/identity/registration-store';
import { makePurchaseStore } from '../../../../adapters/cockroach/purchase/purchase-store';
import { makeTierStore } from '../../../../adapters/cockroach/purchase/tier-store';
import type { AssessmentStatus } from '../../../../domain/assessment/context/decision-context';
import type { Program } from '../../../../domain/assessment/progression/program';
import type { HoldKind } from '../../../../domain/kernel/hold-kind';
import {
  type AssessmentId,
  idOf,
  type PurchaseId,
  type RegistrationId,
  type UserId,
} from '../../../../domain/kernel/ids';
import { instant, plusMs } from '../../../../domain/kernel/instant';
import { parseUsd, type Usd } from '../../../../domain/kernel/money';
import type { AccountStore } from '../../../../usecases/ports/accounts/account-store';
import type { AssessmentStore, PinnedProgram } from '../../../../usecases/ports/assessments/assessment-store';
import type { Tier } from '../../../../usecases/ports/assessments/tier-store';
import { memoryAccountStore } from '../../../fakes/memory-account-store';
import { memoryAssessmentStore } from '../../../fakes/memory-assessment-store';
import { memoryWorld } from '../../../fakes/memory-world';
import { RULES } from '../../../fixtures/domain-story';
import { mailRequested } from '../identity/mail-requested';
import { migratedDatabase } from '../test-database';

export const NOW = instant(1_764_000_000_000);
export const dollars = (text: string): Usd => parseUsd(text) as Usd;

/** Two phases, with everything in them that is easily lost on the way. */
export const PROGRAM: Program = {
  phases: [
    { name: 'Challenge', rules: { ...RULES, dayZone: 'America/New_York', dayResetAt: '17:00' } },
    { name: 'Verification “2”', rules: { ...RULES, startingUsd: dollars('10000.123456') } },
  ],
  retries: 2,
  resetPriceUsd: dollars('59.99'),
};

export const audit = () => ({
  auditId: randomUUID(),
  at: NOW,
  actor: 'test',
  action: 'test',
  subject: 'something',
  detail: { n: 1 },
  correlationId: 'c-1',
});

export const tierOf = (change: Partial<Tier> = {}): Tier => ({
  tierId: idOf(randomUUID()),
  slug: `t-${randomUUID()}`,
  name: 'Tier',
  priceUsd: dollars('89'),
  ruleSetVersion: 1,
  ruleSetHash: 'a'.repeat(64),
  program: PROGRAM,
  ...change,
});

/** Somebody who can buy. */
export async function buyerIn(database: Database): Promise<UserId> {
  const buyer = idOf<UserId>(randomUUID());
  const email = `${buyer}@example.com`;
  const registrations = makeRegistrationStore(database);
  const registrationId = idOf<RegistrationId>(buyer);
  const person = { email, emailKey: email, displayName: 'Ann', passwordHash: 'h' };
  const [at, expiresAt] = [NOW, plusMs(NOW, 1)];
  await registrations.add({ ...person, registrationId, at, expiresAt }, mailRequested(at));
  await registrations.link(registrationId, { tokenHash: buyer, expiresAt }, at);
  await registrations.confirm(buyer, { userId: buyer, displayName: 'Ann', passwordHash: 'h', roles: ['trader'] }, at);
  return buyer;
}

/** A shop in which a tier is bought, or a reset of an assessment, and in which assessments end. */
export type Bought = {
  readonly buyer: UserId;
  readonly assessments: AssessmentStore;
  readonly accounts: AccountStore;
  /** What became of the payment that granted an assessment. */
  readonly reverse: (granted: AssessmentId, hold: HoldKind | null) => Promise<void>;
  /** The assessment that a purchase grants. */
  readonly grantedBy: (id: PurchaseId) => AssessmentId;
  readonly buy: (tier: Tier, resetOf?: AssessmentId) => Promise<PurchaseId>;
  readonly end: (id: AssessmentId, status: AssessmentStatus) => Promise<void>;
  readonly close: () => Promise<void>;
};

function inMemory(): Bought {
  const world = memoryWorld();
  const granted = new Map<PurchaseId, AssessmentId>();
  return {
    grantedBy: (id) => granted.get(id) ?? idOf('none'),
    buyer: idOf(randomUUID()),
    assessments: memoryAssessmentStore(world),
    accounts: memoryAccountStore(world),
    reverse: async (granted, hold) => {
      if (hold) world.holds.set(granted, hold);
      else world.holds.delete(granted);
    },
    buy: async (tier, resetOf) => {
      const purchaseId = idOf<PurchaseId>(randomUUID());
      world.pinned.set(purchaseId, pinnedBy(tier, resetOf));
      granted.set(purchaseId, idOf(randomUUID()));
      return purchaseId;
    },
    end: async (id, status) => {
      for (const kept of world.accounts.values())
        if (kept.snapshot.assessmentId === id) kept.snapshot = { ...kept.snapshot, status };
    },
    close: async () => undefined,
  };
}

const endAssessment = sql<never>('test_end_assessment')`
  UPDATE accounts SET status = $2::TEXT WHERE assessment_id = $1::UUID`;

const reversePayment = sql<never>('test_reverse_payment')`
  UPDATE purchases SET hold = $2::TEXT WHERE assessment_id = $1::UUID`;

export async function boughtIn(database: Database): Promise<Bought> {
  const buyer = await buyerIn(database);
  const [tiers, purchases] = [makeTierStore(database), makePurchaseStore(database)];
  const granted = new Map<PurchaseId, AssessmentId>();
  return {
    grantedBy: (id) => granted.get(id) ?? idOf('none'),
    buyer,
    assessments: makeAssessmentStore(database),
    accounts: makeAccountStore(database),
    reverse: async (granted, hold) => {
      await database.write(reversePayment, [granted, hold]);
    },
    buy: async (tier, resetOf) => {
      if (!(await tiers.find(tier.slug))) await tiers.save(tier, 0, audit());
      const { tierId, slug: tierSlug, name: tierName, priceUsd, ruleSetVersion, ruleSetHash } = tier;
      const purchaseId = idOf<PurchaseId>(randomUUID());
      const order = {
        purchaseId,
        userId: buyer,
        tierId,
        tierSlug,
        tierName,
        priceUsd,
        ruleSetVersion,
        ruleSetHash,
        resetOf: resetOf ?? null,
        assessmentId: idOf<AssessmentId>(randomUUID()),
        createdAt: NOW,
      };
      granted.set(purchaseId, order.assessmentId);
      await purchases.open(order, { openMax: 1_000, since: NOW });
      return purchaseId;
    },
    end: async (id, status) => {
      await database.write(endAssessment, [id, status]);
    },
    close: database.close,
  };
}

export const pinnedBy = (tier: Tier, resetOf?: AssessmentId): PinnedProgram => ({
  tierId: tier.tierId,
  tierSlug: tier.slug,
  tierName: tier.name,
  ruleSetVersion: tier.ruleSetVersion,
  ruleSetHash: tier.ruleSetHash,
  program: tier.program,
  resetOf: resetOf ?? null,
});

export const IMPLEMENTATIONS: readonly (readonly [string, () => Promise<Bought>])[] = [
  ['in memory', async () => inMemory()],
  ['in the database', async () => boughtIn(await migratedDatabase(8))],
];
