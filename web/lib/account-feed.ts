import type { ServerMessage } from '../../contracts/ws/messages';
import type { AccountRules } from '../../domain/account/account-rules';
import { snapshotAfter } from './account-events';
import type { AccountEvent, Mark, RuleName, Snapshot } from './contract';

/** A rule that was broken, with its figures where it is one of dollars. */
export type Breach = {
  readonly rule: RuleName;
  readonly violationId: string | undefined;
  readonly usedUsd: string | undefined;
};

/** What the desk knows of its account. `isComplete` turns false when an event was missed and a snapshot is awaited. */
export type AccountView = {
  readonly snapshot: Snapshot | undefined;
  readonly mark: Mark | undefined;
  /** Newest first. */
  readonly events: readonly AccountEvent[];
  /** When the account's money last changed: a mark from before does not know it. */
  readonly lastEventAt: number;
  readonly breach: Breach | undefined;
  /** Equity at the verdict, in dollars; what prices do afterwards no longer matters. */
  readonly finalUsd: string | undefined;
  readonly reportId: string | undefined;
  readonly isComplete: boolean;
};

export const noAccount: AccountView = {
  snapshot: undefined,
  mark: undefined,
  events: [],
  lastEventAt: 0,
  breach: undefined,
  finalUsd: undefined,
  reportId: undefined,
  isComplete: false,
};

const EVENTS_KEPT = 100;

/**
 * Applies one frame to an account under these rules. Events count up from the snapshot one by one; a jump, or an event
 * that cannot follow on what is known, leaves the state alone and asks for a new one.
 */
export const follow =
  (rules: AccountRules) =>
  (view: AccountView, message: ServerMessage): AccountView => {
    switch (message.type) {
      case 'account-snapshot':
        return isOlder(message.snapshot, view) ? view : { ...view, snapshot: message.snapshot, isComplete: true };
      case 'account-mark':
        return view.snapshot?.status === 'active' ? { ...view, mark: message.mark } : view;
      case 'account-event':
        return apply(rules, view, message);
      default:
        return view;
    }
  };

const isOlder = (snapshot: Snapshot, view: AccountView): boolean =>
  view.snapshot !== undefined && snapshot.version < view.snapshot.version;

function apply(rules: AccountRules, view: AccountView, message: AccountEvent): AccountView {
  const { snapshot } = view;
  if (!snapshot || message.accountVersion <= snapshot.version) return view;
  const after = message.accountVersion === snapshot.version + 1 ? known(rules, snapshot, message) : undefined;
  if (!after) return { ...view, isComplete: false };
  return {
    ...view,
    ...learnt(view, message),
    snapshot: { ...after, version: message.accountVersion },
    events: [message, ...view.events].slice(0, EVENTS_KEPT),
    isComplete: true,
  };
}

/** Undefined where the event does not follow on this snapshot: a part of the account must have been missed. */
function known(rules: AccountRules, snapshot: Snapshot, message: AccountEvent): Snapshot | undefined {
  try {
    return snapshotAfter(rules, snapshot, message);
  } catch {
    return undefined;
  }
}

/** What an event tells beside the account's own state. */
function learnt(view: AccountView, { event, data, occurredAt }: AccountEvent): Partial<AccountView> {
  const rule = data.rule as RuleName;
  switch (event) {
    case 'trading.order-filled':
    case 'trading.position-settled':
    case 'assessment.day-opened':
      return { lastEventAt: occurredAt };
    case 'rules.violation-detected':
      return {
        breach: { rule, violationId: data.violationId as string, usedUsd: (data.usedUsd as string) ?? undefined },
      };
    case 'assessment.abandoned':
      return { finalUsd: data.equityUsd as string, breach: abandonedBy(view.breach, data) };
    case 'assessment.completed':
      return { finalUsd: data.equityUsd as string };
    case 'report.ready':
      return { reportId: data.reportId as string };
    default:
      return {};
  }
}

/** The violation came just before and knows its figures; without it, the rule and its id are enough. */
const abandonedBy = (known: Breach | undefined, data: AccountEvent['data']): Breach =>
  known ?? { rule: data.breach as RuleName, violationId: data.violationId as string, usedUsd: undefined };
