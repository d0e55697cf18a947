import type * as z from 'zod';
import type { accountSnapshot } from '../../contracts/account';
import type { Envelope } from '../../contracts/topics/envelope';
import type { AccountId, UserId } from '../../domain/kernel/ids';
import type { ToldEntry } from '../../usecases/ports/accounts/account-journal';
import type { AccountMark } from '../../usecases/ports/accounts/account-marks';
import type { Connection } from './connection';
import { type AccountEnvelope, type Body, eventBody, journaledBody, markBody, plainBody, snapshotBody } from './frames';
import { Sequencer } from './sequencer';

/** An account as it is now, and whose it is. */
export type LoadAccount = (
  id: AccountId,
) => Promise<{ readonly userId: UserId; readonly snapshot: z.output<typeof accountSnapshot> } | undefined>;

/** The events of an account after a version, in their order and without a hole, as far as they are kept: `limit` at most. */
export type MissedEvents = (id: AccountId, after: number, limit: number) => Promise<readonly ToldEntry[]>;

type AccountStreamsParts = {
  readonly load: LoadAccount;
  readonly missed: MissedEvents;
  readonly nowMs: () => number;
  /** What did not arrive in time was found in the journal, or a fresh snapshot replaced it. */
  readonly onRecovered: () => void;
  readonly onFailure: (error: unknown) => void;
};

/** After this long a missing event is looked up. */
const GAP_MS = 2_000;
const HELD_MAX = 500;
/** Who missed more than this gets the account as it is now. */
const RESUMED_MAX = 500;

type Subscription = {
  readonly connection: Connection;
  readonly accountId: AccountId;
  readonly sequencer: Sequencer<Body>;
  /** Whether the account was found to be the caller's; until then nothing about it is sent. */
  isOwned: boolean;
  isLoading: boolean;
  /** When only the database can help, and since when: a predecessor is missing, or the last load failed. */
  stuckSince: number | undefined;
};

/**
 * Who follows which account: a snapshot first, or what the caller missed since the version that it has, then every
 * later event once and in its order.
 */
export class AccountStreams {
  private readonly byAccount = new Map<string, Map<Connection, Subscription>>();

  constructor(private readonly parts: AccountStreamsParts) {}

  /** Following again sends a fresh snapshot, or goes on after `since`. */
  async follow(connection: Connection, accountId: AccountId, since?: number): Promise<void> {
    connection.accounts.add(accountId);
    const subscribers = this.byAccount.get(accountId) ?? new Map<Connection, Subscription>();
    this.byAccount.set(accountId, subscribers);
    const subscription = subscribers.get(connection) ?? begun(connection, accountId);
    subscribers.set(connection, subscription);
    await this.catchUp(subscription, since);
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

  /** Tells what was missed wherever an event has waited too long. */
  async recover(): Promise<void> {
    const now = this.parts.nowMs();
    const late = [...this.byAccount.values()]
      .flatMap((subscribers) => [...subscribers.values()])
      .filter(({ stuckSince }) => stuckSince !== undefined && now - stuckSince >= GAP_MS);
    await Promise.all(
      late.map(async (subscription) => {
        await this.catchUp(subscription, subscription.sequencer.reached || undefined);
        this.parts.onRecovered();
      }),
    );
  }

  /** Brings a follower who has the account as of `since`, or nothing of it, to where it is now. */
  private async catchUp(subscription: Subscription, since: number | undefined): Promise<void> {
    if (subscription.isLoading) return;
    subscription.isLoading = true;
    const { connection, accountId, sequencer } = subscription;
    sequencer.pause();
    try {
      const found = await this.parts.load(accountId);
      const isOwner = found?.userId === connection.caller.userId;
      const told = isOwner ? await this.toldSince(accountId, since, found.snapshot) : [];
      if (this.byAccount.get(accountId)?.get(connection) !== subscription) return; // It left meanwhile.
      if (!isOwner) {
        this.unfollow(connection, accountId);
        connection.refuse('account_unknown', 'accountId', 'must be yours');
        return;
      }
      subscription.isOwned = true;
      deliver(subscription, [...told, ...sequencer.resume(found.snapshot.version)]);
      subscription.stuckSince = sequencer.isWaiting ? this.parts.nowMs() : undefined;
    } catch (error) {
      this.parts.onFailure(error);
      subscription.stuckSince = this.parts.nowMs(); // Tried again as a missing event is.
    } finally {
      subscription.isLoading = false;
    }
  }

  /** What leads from there to the snapshot: the events between, where they are all known and not too many. */
  private async toldSince(
    accountId: AccountId,
    since: number | undefined,
    snapshot: z.output<typeof accountSnapshot>,
  ): Promise<readonly Body[]> {
    const { version } = snapshot;
    const missing = since === undefined ? -1 : version - since;
    if (since === undefined || missing < 0 || missing > RESUMED_MAX) return [snapshotBody(snapshot)];
    const missed = missing === 0 ? [] : await this.parts.missed(accountId, since, missing);
    if (missed.length < missing) return [snapshotBody(snapshot)];
    const resumed = plainBody({ type: 'account-resumed', accountId, since, version });
    return [resumed, ...missed.map((each) => journaledBody(accountId, each))];
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
