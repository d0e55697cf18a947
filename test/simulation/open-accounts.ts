import type { AssessmentId, EventId, PurchaseId, TierId, UserId } from '../../domain/kernel/ids';
import { sha256Digest } from '../../runtime/edge';
import { defaultOffers, type Offer } from '../../usecases/assessment/default-tiers';
import { provisionAssessment } from '../../usecases/assessment/provision-assessment';
import { memoryAssessmentStore } from '../fakes/memory-assessment-store';
import { assessmentIn } from '../fakes/memory-world';
import type { System } from './system';
import type { Owner } from './trader';
import { variedRules } from './varied-rules';

/** One account for each of the first tiers, under rules that are varied; answers whose they are. */
export async function openAccounts(system: System, accounts: number): Promise<readonly Owner[]> {
  const owners: Owner[] = [];
  const offers = defaultOffers();
  for (let number = 0; number < accounts; number++) {
    const offer = offers[number % offers.length];
    if (!offer) throw new Error('there are default tiers');
    const owner = await openOne(system, offer);
    if (owner) owners.push(owner);
  }
  return owners;
}

async function openOne(system: System, offer: Offer): Promise<Owner | undefined> {
  const { world, ids, clock, random, payments } = system;
  const [purchaseId, assessmentId, userId] = [ids.next<PurchaseId>(), ids.next<AssessmentId>(), ids.next<UserId>()];
  const phases = offer.program.phases.map((phase) => ({ ...phase, rules: variedRules(phase.rules, random) }));
  world.pinned.set(purchaseId, {
    tierId: ids.next<TierId>(),
    tierName: offer.name,
    tierSlug: offer.slug,
    resetOf: null,
    ruleSetVersion: 1,
    ruleSetHash: sha256Digest.sha256(offer.slug),
    program: { ...offer.program, phases },
  });
  const inbox = { consumer: 'provision', eventId: ids.next<EventId>() };
  const stores = { assessments: memoryAssessmentStore(world), accounts: system.newStore() };
  await provisionAssessment({ ...stores, clock, ids })({
    purchaseId,
    assessmentId,
    userId,
    inbox,
    trace: { correlationId: 'simulation', traceparent: null },
  });
  payments.granted.push({ purchaseId, assessmentId, userId });
  const opened = assessmentIn(world, assessmentId);
  return opened && { accountId: opened.snapshot.accountId, userId };
}
