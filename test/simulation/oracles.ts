import { decodeEvent } from '../../contracts/topics/envelope';
import { TOPICS } from '../../contracts/topics/topics';
import { type Account, balanceOf } from '../../domain/account/account';
import type { Fill } from '../../domain/account/orders/order';
import type { LedgerEntry } from '../../domain/account/positions/ledger';
import { type Position, trade } from '../../domain/account/positions/position';
import { marksAt } from '../../domain/assessment/context/marks';
import { replayEvidence } from '../../domain/assessment/evidence/evidence';
import { judge } from '../../domain/assessment/judging/judge';
import type { InstrumentId, UserId } from '../../domain/kernel/ids';
import type { Taken } from '../../domain/market/taken';
import type { AccountSnapshot } from '../../usecases/ports/accounts/account-store';
import type { RiskSignal } from '../../usecases/ports/surveillance/surveillance-store';
import type { KeptAccount, MemoryWorld } from '../fakes/memory-world';
import { capsFindings } from './caps-oracle';
import { type Exits, isDone } from './closing-oracle';
import { foldFindings } from './fold-oracle';
import type { History, SavedChange } from './history';
import { journalFindings } from './journal-oracle';
import type { Market } from './market';
import type { MemoryTopics } from './memory-topics';
import { pastFindings } from './past-oracle';
import { payoutFindings } from './payout-oracle';
import { queueFindings } from './queue-oracle';
import { settlementFindings } from './settlement-oracle';
import { takenFindings } from './taken-oracle';
import type { Traders } from './trader';

/** What is wrong, in a sentence each; nothing when all is well. */
export type Findings = readonly string[];

export type Observed = {
  readonly world: MemoryWorld;
  readonly history: History;
  readonly market: Market;
  readonly topics: MemoryTopics;
  readonly traders: Traders;
  /** What the risk desk was told. */
  readonly told: readonly RiskSignal[];
  /** What each person has taken of the books. */
  readonly taken: ReadonlyMap<UserId, ReadonlyMap<InstrumentId, Taken>>;
  /** What a consumer with an inbox has applied, in its order: account and version. */
  readonly applied: readonly { readonly key: string; readonly version: number; readonly eventId: string }[];
};

/** The oracles that hold once a system has come to rest. */
export function findingsOf(observed: Observed): Findings {
  const accounts = [...observed.world.accounts.values()];
  return [
    ...accounts.flatMap((kept) => ledgerFindings(kept, observed.history)),
    ...orderFindings(observed),
    ...accounts.flatMap((kept) => positionFindings(kept, observed.history)),
    ...accounts.flatMap((kept) => verdictFindings(kept, observed)),
    ...accounts.flatMap((kept) => queueFindings(kept, observed.history)),
    ...accounts.flatMap((kept) => foldFindings(kept, observed.history)),
    ...accounts.flatMap((kept) => journalFindings(kept, observed.world)),
    ...accounts.flatMap((kept) => settlementFindings(kept, signalsOf(kept, observed), observed)),
    ...accounts.flatMap((kept) => pastFindings(kept, observed.history)),
    ...accounts.flatMap((kept) => capsFindings(kept, observed)),
    ...accounts.flatMap((kept) => payoutFindings(kept, observed.history)),
    ...takenFindings(observed.history),
    ...outboxFindings(observed),
  ];
}

const signalsOf = ({ snapshot }: KeptAccount, { told }: Observed): readonly RiskSignal[] =>
  told.filter(({ legs }) => legs.some(({ accountId }) => accountId === snapshot.accountId));

const entriesOf = (changes: readonly SavedChange[]): readonly (readonly LedgerEntry[])[] =>
  changes.flatMap(({ change }) => change.events.flatMap((event) => ('ledger' in event ? [event.ledger] : [])));

/** O1: every posting sums to zero, and cash is what the postings say. */
function ledgerFindings({ snapshot }: KeptAccount, history: History): Findings {
  const { accountId, account, rules } = snapshot;
  const postings = entriesOf(history.changesOf(accountId));
  const sumOf = (entries: readonly LedgerEntry[]) => entries.reduce((sum, { amountUsd }) => sum + amountUsd, 0n);
  const uneven = postings.filter((entries) => sumOf(entries) !== 0n);
  const moved = sumOf(postings.flat().filter(({ ledgerAccount }) => ledgerAccount === 'cash'));
  const inventory = sumOf(postings.flat().filter(({ ledgerAccount }) => ledgerAccount === 'inventory'));
  return [
    ...uneven.map((entries) => `O1: a posting of ${accountId} sums to ${sumOf(entries)}`),
    ...expectSame(`O1: cash of ${accountId}`, account.cashUsd, rules.startingUsd + moved),
    ...expectSame(`O1: balance of ${accountId}`, balanceOf(account), rules.startingUsd + moved + inventory),
  ];
}

/** O2: an order that was ever answered with yes is there once; one that was only refused left nothing. */
function orderFindings({ world, traders }: Observed): Findings {
  return [...traders.asked.values()].flatMap(({ owner, ticket, answers }) => {
    const kept = world.accounts.get(owner.accountId);
    const isKept = kept?.orders.has(ticket.orderId) ?? false;
    const fills = kept?.fills.filter((fill) => fill.orderId === ticket.orderId) ?? [];
    const accepted = answers.filter((answer) => answer.ok);
    const name = `O2: order ${ticket.orderId}`;
    if (answers.length === 0) return [`${name} was never answered`];
    if (accepted.length > 0 && !isKept) return [`${name} was accepted and is not there`];
    if (accepted.length === 0 && (isKept || fills.length > 0)) return [`${name} was refused and is there`];
    const filled = fills.reduce((sum, fill) => sum + fill.qty, 0n);
    const isWithin = filled <= ticket.qty && new Set(fills.map(({ part }) => part)).size === fills.length;
    const first = accepted.filter((answer) => answer.ok && !answer.value.isReplay);
    return [
      ...(isWithin ? [] : [`${name} filled ${filled} of ${ticket.qty} in ${fills.length} parts`]),
      ...(first.length <= 1 ? [] : [`${name} was new ${first.length} times`]),
    ];
  });
}

const fillsOf = (changes: readonly SavedChange[]): readonly Fill[] =>
  changes.flatMap(({ change }) =>
    change.events.flatMap((event) => (event.kind === 'order_filled' ? [event.fill] : [])),
  );

/** O3: positions are the fold of the fills, as far as no settlement has closed them. */
function positionFindings({ snapshot, settlements }: KeptAccount, history: History): Findings {
  const { accountId, account } = snapshot;
  const folded = new Map<InstrumentId, Position>();
  for (const fill of fillsOf(history.changesOf(accountId))) {
    const { position } = trade(folded.get(fill.instrument), fill);
    if (position) folded.set(fill.instrument, position);
    else folded.delete(fill.instrument);
  }
  for (const { instrument } of settlements) folded.delete(instrument);
  return expectSame(`O3: positions of ${accountId}`, textOf(account), textOf({ positions: [...folded.values()] }));
}

const textOf = ({ positions }: Pick<Account, 'positions'>): string =>
  positions
    .map(({ instrument, qty: amount, costUsd, feesUsd, realizedUsd }) =>
      [instrument, amount, costUsd, feesUsd, realizedUsd].join(' '),
    )
    .sort()
    .join('; ');

/** O4: a verdict follows from its evidence, whose quotes were told and whose account is the one of that version. */
function verdictFindings({ snapshot, verdict }: KeptAccount, { history, market, taken }: Observed): Findings {
  const { accountId, userId, status, account } = snapshot;
  if (status !== 'active') {
    if (!verdict) return [`O4: ${accountId} has ${status} without evidence`];
    const told = new Set(history.quotes.map(({ instrument, sequence }) => `${instrument} ${sequence}`));
    const { quotes } = JSON.parse(verdict.evidence) as { quotes: { instrument: string; sequence: number }[] };
    const unknown = quotes.filter(({ instrument, sequence }) => !told.has(`${instrument} ${sequence}`));
    return [
      ...expectSame(`O4: evidence of ${accountId}`, replayEvidence(verdict.evidence), verdict.evidence),
      ...unknown.map(({ instrument, sequence }) => `O4: ${accountId} was judged on ${instrument} ${sequence}`),
      ...(account.orders.length === 0 ? [] : [`O4: ${accountId} has ${status} and its orders still work`]),
    ];
  }
  const at = history.quotes.at(-1)?.receivedAt;
  return at === undefined ? [] : overlooked(snapshot, { market, at, taken: taken.get(userId) ?? new Map() });
}

/** An account that is open at rest is one that the slow judge leaves open, or closes later for want of a book. */
function overlooked({ accountId, account, rules }: AccountSnapshot, exits: Exits & { market: Market }): Findings {
  const { market, at } = exits;
  const books = market.listed.flatMap((id) => {
    const book = market.book(id);
    return book ? [[id, book] as const] : [];
  });
  const { verdict } = judge(rules, account, marksAt(new Map(books), at), at);
  return isDone(verdict, account, exits) ? [] : [`O4: ${accountId} is open, but should have ${verdict.kind}`];
}

/** O5: every event reached its topic, each consumer applied it once, and an account's events came in their order. */
function outboxFindings({ world, topics, applied }: Observed): Findings {
  const unsent = world.outbox.filter(({ isSent }) => !isSent);
  const onTopics = new Set(
    TOPICS.flatMap((topic) => topics.values(topic)).flatMap((value) => {
      const decoded = decodeEvent(value);
      return decoded.ok ? [decoded.event.eventId] : [];
    }),
  );
  const lost = world.outbox.filter(({ eventId }) => !onTopics.has(eventId));
  const twice = applied.length - new Set(applied.map(({ eventId }) => eventId)).size;
  const missing = world.outbox.length - applied.length;
  return [
    ...unsent.map(({ eventId }) => `O5: event ${eventId} was not sent`),
    ...lost.map(({ eventId }) => `O5: event ${eventId} is on no topic`),
    ...expectSame('O5: events applied twice', twice, 0),
    ...expectSame('O5: events not applied', missing, 0),
  ];
}

const expectSame = <T>(what: string, is: T, expected: T): Findings =>
  is === expected ? [] : [`${what} is ${is}, not ${expected}`];
