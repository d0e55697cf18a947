import { type Account, balanceOf, fundedAccount, positionIn } from '../../domain/account/account';
import type { AccountEvent } from '../../domain/account/account-event';
import { ACCOUNT, POSITION } from '../../domain/account/codecs/account-codec';
import { accountEventIn } from '../../domain/account/codecs/event-codec';
import { evolve } from '../../domain/account/evolve';
import type { AssessmentStatus } from '../../domain/assessment/context/decision-context';
import { tradingDayAt } from '../../domain/assessment/rules/trading-day';
import { record, text, USD } from '../../domain/kernel/codec';
import { invariant } from '../../domain/kernel/invariant';
import { formatUsd, type Usd } from '../../domain/kernel/money';
import type { JournalEntry, JournaledEvent } from '../ports/accounts/account-journal';
import type { AccountSnapshot } from '../ports/accounts/account-store';
import { firstDifference } from './first-difference';

/** An account as its events until `version` leave it. */
export type Folded = { readonly version: number; readonly status: AssessmentStatus; readonly account: Account };

type Pinned = Pick<AccountSnapshot, 'rules' | 'ruleSetHash'>;

/** The account after the next entry of its journal; or, in words, why that cannot be its next entry. */
export function afterEntry(pinned: Pinned, before: Folded | undefined, entry: JournalEntry): Folded | string {
  const version = (before?.version ?? 0) + 1;
  if (entry.version > version) return `event ${version} is missing`;
  if (entry.version < version) return `event ${entry.version} is there twice`;
  if ('fault' in entry) return `event ${version} cannot be read: ${entry.fault}`;
  const { event } = entry;
  try {
    return { version, ...(before ? afterEvent(pinned, before, event) : begun(pinned, event)) };
  } catch (error) {
    return `event ${version}, ${event.type}: ${error instanceof Error ? error.message : error}`;
  }
}

type State = Omit<Folded, 'version'>;

const CREATED = record<{ readonly startingUsd: Usd; readonly ruleSetHash: string }>({
  startingUsd: USD,
  ruleSetHash: text(),
});

function begun({ rules, ruleSetHash }: Pinned, { type, data, occurredAt }: JournaledEvent): State {
  invariant(type === 'assessment.created', 'an account begins with its assessment');
  const created = CREATED.decode(data);
  invariant(created.ruleSetHash === ruleSetHash, `the rules are those of ${created.ruleSetHash}, not ${ruleSetHash}`);
  const { day } = tradingDayAt(occurredAt, rules);
  return { status: 'active', account: fundedAccount(created.startingUsd, day, occurredAt) };
}

function afterEvent({ rules }: Pinned, { status, account }: Folded, { type, data }: JournaledEvent): State {
  if (type === 'assessment.completed') return { status: 'passed', account };
  if (type === 'assessment.abandoned') return { status: 'failed', account };
  const event = accountEventIn(type, data);
  if (!event) return { status, account };
  const after = evolve(rules, account, event);
  const said = saidOtherwise(event, after);
  invariant(said === undefined, `it says another account than it leaves: ${said}`);
  return { status, account: after };
}

/** What an event tells its readers of the account that it leaves, though the fold does without it. */
function saidOtherwise(event: AccountEvent, after: Account): string | undefined {
  switch (event.kind) {
    case 'order_filled':
      return firstDifference(
        { balanceUsd: formatUsd(event.balanceUsd), position: event.position && POSITION.encode(event.position) },
        positionAndBalance(after, event.fill.instrument),
      );
    case 'position_settled':
      return firstDifference(
        {
          balanceUsd: formatUsd(event.balanceUsd),
          dayAnchorUsd: formatUsd(event.dayAnchorUsd),
          isPaused: event.isPaused,
        },
        {
          balanceUsd: formatUsd(balanceOf(after)),
          dayAnchorUsd: formatUsd(after.dayAnchorUsd),
          isPaused: after.standing.day.isPaused,
        },
      );
    default:
      return undefined;
  }
}

function positionAndBalance(account: Account, instrument: Parameters<typeof positionIn>[1]) {
  const held = positionIn(account, instrument);
  return { balanceUsd: formatUsd(balanceOf(account)), position: held && POSITION.encode(held) };
}

/** The first thing in which the stored account is not what its events leave; undefined when they rebuild it. */
export function differenceOf(stored: AccountSnapshot, folded: Folded): string | undefined {
  if (folded.version < stored.version) return `event ${folded.version + 1} is missing`;
  return firstDifference(formOf(stored), formOf(folded));
}

const formOf = ({ status, account }: State): object => ({ status, ...(ACCOUNT.encode(account) as object) });
