import type { HoldKind } from '../../domain/kernel/hold-kind';
import { type AssessmentId, type EventId, idOf, type PurchaseId, type UserId } from '../../domain/kernel/ids';
import type { AccountStore } from '../../usecases/ports/accounts/account-store';
import { type FollowParts, followPayment } from '../../usecases/purchase/follow-payment';
import { memoryAssessmentStore } from '../fakes/memory-assessment-store';
import { pick } from './market';
import { Actor, type Scheduler, through } from './scheduler';
import type { System } from './system';

type Granted = { readonly purchaseId: PurchaseId; readonly assessmentId: AssessmentId; readonly userId: UserId };
type Message = Granted & { readonly reversal: HoldKind | null; readonly eventId: EventId };

const KINDS: readonly (HoldKind | null)[] = ['dispute', 'refund', 'chargeback', null, null];
const trace = { correlationId: 'payments', traceparent: null };

/**
 * Payments that are disputed, go back and stand again, and the consumers that hear of it: two at once, as while a
 * partition moves from one to another. Messages may come twice and overtake one another.
 */
export class Payments {
  readonly granted: Granted[] = [];
  private readonly messages: Message[] = [];
  private readonly consumers: { actor: Actor; message: Message | undefined }[] = [];
  private made = 0;

  constructor(
    private readonly system: System,
    private readonly scheduler: Scheduler,
  ) {
    for (const number of [1, 2]) this.consumers.push({ actor: new Actor(`payments-${number}`), message: undefined });
  }

  get isIdle(): boolean {
    return this.messages.length === 0 && this.consumers.every(({ message }) => message === undefined);
  }

  any(): Granted | undefined {
    return pick(this.system.random, this.granted)[0];
  }

  /** Something happens to a payment, and its message is on its way, now and then twice. */
  reverse(granted: Granted): void {
    const { random, world } = this.system;
    const [reversal = null] = pick(random, KINDS);
    if (reversal) world.holds.set(granted.assessmentId, reversal);
    else world.holds.delete(granted.assessmentId);
    this.made += 1;
    const eventId = idOf<EventId>(`00000000-0000-7000-b000-${String(this.made).padStart(12, '0')}`);
    const message = { ...granted, reversal, eventId };
    this.messages.push(message, ...(random.next() < 0.3 ? [message] : []));
  }

  /** A free consumer takes a message. Answers whether there was one. */
  once(): boolean {
    const free = this.consumers.find(({ message }) => message === undefined);
    if (!free || this.messages.length === 0) return false;
    const [message] = this.messages.splice(this.system.random.whole(0, this.messages.length - 1), 1);
    if (!message) return false;
    free.message = message;
    const { actor } = free;
    const { eventId, ...changed } = message;
    const told = { ...changed, occurredAt: this.system.now, inbox: { consumer: 'payments', eventId }, trace };
    void followPayment(this.partsOf(actor, this.system.newStore()))(told).then(() => {
      if (actor.isAlive) free.message = undefined;
    });
    return true;
  }

  /** kill -9: the message was not acknowledged and comes again. */
  restart(name: string): boolean {
    const killed = this.consumers.find(({ actor }) => actor.name === name);
    if (!killed) return false;
    if (killed.message) this.messages.push(killed.message);
    killed.message = undefined;
    killed.actor = new Actor(name);
    return true;
  }

  private partsOf(actor: Actor, accounts: AccountStore): FollowParts {
    const { world, signals, clock, ids, sabotage } = this.system;
    const kept = memoryAssessmentStore(world);
    // Whoever goes by what the message saw, and not by what is true now, is overtaken by those who do.
    const first = new Map<AssessmentId, ReturnType<typeof kept.course>>();
    const stale = (id: AssessmentId) => {
      const known = first.get(id) ?? kept.course(id);
      first.set(id, known);
      return known;
    };
    const assessments = sabotage === 'holds' ? { ...kept, course: stale } : kept;
    return {
      assessments: through(assessments, 'assessments', actor, this.scheduler),
      accounts: through(accounts, 'accounts', actor, this.scheduler),
      signals: through(signals, 'signals', actor, this.scheduler),
      clock,
      ids,
    };
  }
}
