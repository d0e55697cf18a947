import type { Account } from '../domain/account/account';
import type { EventId } from '../domain/kernel/ids';
import type { Instant } from '../domain/kernel/instant';
import type { AccountSnapshot } from './ports/account-store';
import type { Announcement, Facts, FactType, Holder } from './ports/announcement';
import type { Trace } from './ports/edge';

/** A fact that became true, before it has an id and a place in its account's stream. */
export type Fact = { [K in FactType]: { readonly type: K; readonly data: Facts[K] } }[FactType];

export const holderOf = ({ accountId, assessmentId, userId }: Holder): Holder => ({ accountId, assessmentId, userId });

/** Gives facts of one account their versions: they follow the snapshot's, one by one, in the order given. */
export const numbered = (
  snapshot: Pick<AccountSnapshot, 'accountId' | 'version'>,
  trace: Trace,
  occurredAt: Instant,
  nextId: () => EventId,
  facts: readonly Fact[],
): readonly Announcement[] =>
  facts.map((fact, index) => ({
    ...fact,
    ...trace,
    eventId: nextId(),
    key: snapshot.accountId,
    accountVersion: snapshot.version + index + 1,
    occurredAt,
  }));

/** A new trading day, when the decision rolled the account into one. */
export const dayAnnouncement = (snapshot: AccountSnapshot, after: Account): readonly Fact[] =>
  after.day === snapshot.account.day
    ? []
    : [
        {
          type: 'assessment.day-opened',
          data: { ...holderOf(snapshot), day: after.day, dayAnchorUsd: after.dayAnchorUsd },
        },
      ];
