import type * as z from 'zod';
import type { accountSnapshot } from '../../contracts/account';
import type { Envelope } from '../../contracts/topics/envelope';
import type { AccountId, UserId } from '../../domain/kernel/ids';
import type { AccountMark } from '../../usecases/ports/accounts/account-marks';
import type { Connection } from './connection';
import { type AccountEnvelope, type Body, eventBody, markBody, snapshotBody } from './frames';
import { Sequencer } from './sequencer';

/** An account as it is now, and whose it is. */
export type LoadAccount = (
  id: AccountId,
) => Promise<{ readonly userId: UserId; readonly snapshot: z.output<typeof accountSnapshot> } | undefined>;

type AccountStreamsParts = {
  readonly load: LoadAccount;
  readonly nowMs: () => number;
  /** A fresh snapshot replaced events that did not arrive in time. */
  readonly onRecovered: () => void;
  readonly onFailure: (error: unknown) => void;
};

/** After this long a missing event is given up: a fresh snapshot contains what it would have told. */
const GAP_MS = 2_000;
const HELD_MAX = 500;

type Subscription = {
  readonly connection: Connection;
  readonly accountId: AccountId;
  readonly sequencer: Sequencer<Body>;
  /** Whether the account was found to be the caller's; until then nothing about it is sent. */
  isOwned: boolean;
  isLoading: boolean;
  /** When only a snapshot can help, and since when: a predecessor is missing, or the last load failed. */
  stuckSince: number | undefined;
};

/** Who follows which account: a snapshot first, then every later event once and in its order. */
export class AccountStreams {
  private readonly byAccount = new Map<string, Map<Connection, Subscription>>();

  constructor(private readonly parts: AccountStreamsParts) {}

  /** Following again sends a fresh snapshot. */
  async follow(connection: Connection, accountId: AccountId): Promise<void> {
    connection.accounts.add(accountId);
    const subscribers = this.byAccount.get(accountId) ?? new Map<Connection, Subscription>();
    this.byAccount.set(accountId, subscribers);
    const subscription = subscribers.get(connection) ?? begun(connection, accountId);
    subscribers.set(connection, subscription);
    await this.sendSnapshot(subscription);
  }

  unfollow(connection: Connection, accountId: AccountId): void {
    connection.accounts.delete(accountId);
    const subscribers = this.byAccount.get(accountId);
    subscribers?.delete(connection);
    if (subscribers?.size === 0) this.byAccount.delete(accountId);
  }

  /** Answers whether anybody follows the account of this event. */
  post(event: Envelope): boolean {
    if (!isOfAccount(event)) return false;
    const subscribers = this.byAccount.get(event.data.accountId);
    if (!subscribers) return false;
    const body = eventBody(event);
    for (const subscription of subscribers.values()) {
      const { sequencer } = subscription;
      const inOrder = sequencer.take(event.accountVersion, body);
      deliver(subscription, inOrder);
      if (sequencer.size > HELD_MAX) sequencer.clear();
      if (sequencer.isWaiting) subscription.stuckSince ??= this.parts.nowMs();
      else if (inOrder.length > 0) subscription.stuckSince = undefined;
    }
    return true;
  }

  mark(mark: AccountMark): void {
    const subscribers = this.byAccount.get(mark.accountId);
    if (!subscribers) return;
    const body = markBody(mark);
    for (const { connection, isOwned } of subscribers.values()) if (isOwned) connection.send(body);
  }

  /** Accounts that their owners follow. */
  followed(): readonly AccountId[] {
    const isOwned = (subscribers: Map<Connection, Subscription>) =>
      [...subscribers.values()].some((one) => one.isOwned);
    return [...this.byAccount].flatMap(([id, subscribers]) => (isOwned(subscribers) ? [id as AccountId] : []));
  }

  /** Sends a fresh snapshot wherever an event has waited too long. */
  async recover(): Promise<void> {
    const now = this.parts.nowMs();
    const late = [...this.byAccount.values()]
      .flatMap((subscribers) => [...subscribers.values()])
      .filter(({ stuckSince }) => stuckSince !== undefined && now - stuckSince >= GAP_MS);
    await Promise.all(
      late.map(async (subscription) => {
        await this.sendSnapshot(subscription);
        this.parts.onRecovered();
      }),
    );
  }

  private async sendSnapshot(subscription: Subscription): Promise<void> {
    if (subscription.isLoading) return;
    subscription.isLoading = true;
    const { connection, accountId, sequencer } = subscription;
    sequencer.pause();
    try {
      const found = await this.parts.load(accountId);
      if (this.byAccount.get(accountId)?.get(connection) !== subscription) return; // It left meanwhile.
      if (!found || found.userId !== connection.caller.userId) {
        this.unfollow(connection, accountId);
        connection.refuse('account_unknown', 'accountId', 'must be yours');
        return;
      }
      subscription.isOwned = true;
      connection.send(snapshotBody(found.snapshot));
      deliver(subscription, sequencer.resume(found.snapshot.version));
      subscription.stuckSince = sequencer.isWaiting ? this.parts.nowMs() : undefined;
    } catch (error) {
      this.parts.onFailure(error);
      subscription.stuckSince = this.parts.nowMs(); // Tried again as a missing event is.
    } finally {
      subscription.isLoading = false;
    }
  }
}

const begun = (connection: Connection, accountId: AccountId): Subscription => ({
  connection,
  accountId,
  sequencer: new Sequencer<Body>(),
  isOwned: false,
  isLoading: false,
  stuckSince: undefined,
});

const deliver = ({ connection }: Subscription, bodies: readonly Body[]): void => {
  for (const body of bodies) connection.send(body);
};

const isOfAccount = (event: Envelope): event is AccountEnvelope =>
  event.accountVersion !== null && 'accountId' in event.data;
