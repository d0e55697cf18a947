import type { Program } from '../../../domain/assessment/progression/program';
import type { HoldKind } from '../../../domain/kernel/hold-kind';
import { type AssessmentId, type EventId, idOf, type PurchaseId } from '../../../domain/kernel/ids';
import { advanceAssessment } from '../../../usecases/assessment/advance-assessment';
import { provisionAssessment } from '../../../usecases/assessment/provision-assessment';
import { retryAssessment } from '../../../usecases/assessment/retry-assessment';
import type { PinnedProgram } from '../../../usecases/ports/assessments/assessment-store';
import { followPayment } from '../../../usecases/purchase/follow-payment';
import { memoryAccountStore } from '../../fakes/memory-account-store';
import { memoryAssessmentStore } from '../../fakes/memory-assessment-store';
import { memorySignalStore } from '../../fakes/memory-surveillance';
import { memoryWorld } from '../../fakes/memory-world';
import { RULES } from '../../fixtures/domain-story';
import { ANN, NOW, trace } from './shop';

export const BOUGHT = idOf<PurchaseId>('p-bought');
export const RESET = idOf<PurchaseId>('p-reset');
export const FIRST = idOf<AssessmentId>('a-first');

export const PROGRAM: Program = {
  phases: [
    { name: 'Challenge', rules: RULES },
    { name: 'Verification', rules: { ...RULES, dayZone: 'Europe/Prague' } },
  ],
  retries: 1,
  resetPriceUsd: null,
};

/** One buyer's way through a program of two phases, over the store in memory. */
export class Course {
  readonly world = memoryWorld();
  readonly signals = memorySignalStore();
  now = NOW;
  private made = 0;
  private readonly parts = {
    assessments: memoryAssessmentStore(this.world),
    accounts: memoryAccountStore(this.world),
    signals: this.signals,
    clock: { now: () => this.now },
    ids: { next: <Id extends string>() => `id-${++this.made}` as Id },
  };
  private readonly pinned: PinnedProgram = {
    tierId: idOf<PinnedProgram['tierId']>('tier'),
    tierSlug: 'two-steps',
    tierName: 'Two steps',
    ruleSetVersion: 4,
    ruleSetHash: 'f'.repeat(64),
    program: PROGRAM,
    resetOf: null,
  };

  constructor() {
    this.world.pinned.set(BOUGHT, this.pinned);
  }

  grant = (event = 'granted', purchaseId = BOUGHT, assessmentId = FIRST) =>
    provisionAssessment(this.parts)({ purchaseId, assessmentId, userId: ANN, ...this.caused('provision', event) });

  pays = (resetOf: AssessmentId) => this.world.pinned.set(RESET, { ...this.pinned, resetOf });

  advance = (assessmentId: AssessmentId, event: string) =>
    advanceAssessment(this.parts)({ assessmentId, ...this.caused('advance', event) });

  retry = (assessmentId: AssessmentId, userId = ANN) => retryAssessment(this.parts)({ assessmentId, userId, trace });

  /** The payment that granted an assessment changes, and its message comes. */
  pay = (reversal: HoldKind | null, event: string, purchaseId = BOUGHT, assessmentId = FIRST) => {
    this.reverse(assessmentId, reversal);
    const changed = { purchaseId, assessmentId, userId: ANN, reversal, occurredAt: this.now };
    return followPayment(this.parts)({ ...changed, ...this.caused('provision', event) });
  };

  /** Changes the payment, and no message of it has come yet. */
  reverse(assessmentId: AssessmentId, reversal: HoldKind | null) {
    if (reversal) this.world.holds.set(assessmentId, reversal);
    else this.world.holds.delete(assessmentId);
  }

  /** `1.1 dispute, 2.1 -`. */
  held = () =>
    [...this.world.accounts.values()]
      .map(
        ({ place, snapshot }) => `${place.phase}.${place.attempt} ${snapshot.account.standing.holds.now?.kind ?? '-'}`,
      )
      .sort()
      .join(', ');

  /** The types of the events of one account, in its order. */
  stream = (assessmentId: AssessmentId): readonly string[] =>
    this.world.outbox.flatMap(({ body }) => {
      const { type, data, accountVersion } = JSON.parse(body);
      return data.assessmentId === assessmentId ? [`${accountVersion} ${type}`] : [];
    });

  end(assessmentId: AssessmentId, status: 'passed' | 'failed') {
    const kept = this.kept(assessmentId);
    kept.snapshot = { ...kept.snapshot, status };
  }

  at(place: string): AssessmentId {
    const [phase, attempt] = place.split('.').map(Number);
    const found = [...this.world.accounts.values()].find(
      (kept) => kept.place.phase === phase && kept.place.attempt === attempt,
    );
    if (!found) throw new Error(`nothing is at ${place}`);
    return found.snapshot.assessmentId;
  }

  /** `1.1 purchase failed, 1.2 retry active`. */
  told = () =>
    [...this.world.accounts.values()]
      .map(({ place, origin, snapshot }) => `${place.phase}.${place.attempt} ${origin} ${snapshot.status}`)
      .sort()
      .join(', ');

  created = () =>
    this.world.outbox.flatMap(({ body }) => {
      const { type, data } = JSON.parse(body);
      return type === 'assessment.created' ? [`${data.phase}/${data.phases} attempt ${data.attempt}`] : [];
    });

  kept(assessmentId: AssessmentId) {
    const found = [...this.world.accounts.values()].find(({ snapshot }) => snapshot.assessmentId === assessmentId);
    if (!found) throw new Error(`${assessmentId} is unknown`);
    return found;
  }

  private caused = (consumer: string, event: string) => ({ inbox: { consumer, eventId: idOf<EventId>(event) }, trace });
}

export async function begun(status?: 'passed' | 'failed') {
  const attempts = new Course();
  expect(await attempts.grant()).toBe('created');
  if (status) attempts.end(FIRST, status);
  return attempts;
}
