import type { ServerMessage } from '../../contracts/ws/messages';
import type { Position, RuleName, Snapshot } from './contract';
import type { Mark } from './standing';

export type AccountEvent = Extract<ServerMessage, { type: 'account-event' }>;

/** What the desk knows of its account. `isComplete` turns false when an event was missed and a snapshot is awaited. */
export type AccountView = {
  readonly snapshot: Snapshot | undefined;
  readonly mark: Mark | undefined;
  /** Newest first. */
  readonly events: readonly AccountEvent[];
  readonly lastEventAt: number;
  readonly breach: { readonly rule: RuleName; readonly violationId: string } | undefined;
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
 * Applies one frame. Events count up from the snapshot one by one; a jump leaves the state alone and asks for a new
 * one.
 */
export function follow(view: AccountView, message: ServerMessage): AccountView {
  switch (message.type) {
    case 'account-snapshot':
      return isOlder(message.snapshot, view) ? view : { ...view, snapshot: message.snapshot, isComplete: true };
    case 'account-mark':
      return view.snapshot?.status === 'active' ? { ...view, mark: message.mark } : view;
    case 'account-event':
      return apply(view, message);
    default:
      return view;
  }
}

const isOlder = (snapshot: Snapshot, view: AccountView): boolean =>
  view.snapshot !== undefined && snapshot.version < view.snapshot.version;

function apply(view: AccountView, message: AccountEvent): AccountView {
  const { snapshot } = view;
  if (!snapshot || message.accountVersion <= snapshot.version) return view;
  if (message.accountVersion > snapshot.version + 1) return { ...view, isComplete: false };
  return {
    ...view,
    ...outcomeOf(message),
    snapshot: { ...evolve(snapshot, message), version: message.accountVersion },
    events: [message, ...view.events].slice(0, EVENTS_KEPT),
    lastEventAt: message.occurredAt,
    isComplete: true,
  };
}

/** Fields of an event's data as the contract of its type names them. */
type Filled = {
  readonly instrument: string;
  readonly cashUsd: string;
  readonly balanceUsd: string;
  readonly tradesClosed: number;
  readonly position: Position | null;
};

function evolve(snapshot: Snapshot, { event, data }: AccountEvent): Snapshot {
  switch (event) {
    case 'trading.order-filled': {
      const { instrument, cashUsd, balanceUsd, tradesClosed, position } = data as Filled;
      const others = snapshot.positions.filter((held) => held.instrument !== instrument);
      const positions = [...others, ...(position ? [position] : [])];
      positions.sort((a, b) => (a.instrument < b.instrument ? -1 : 1));
      return { ...snapshot, cashUsd, balanceUsd, tradesClosed, positions };
    }
    case 'assessment.day-opened': {
      const { day, dayAnchorUsd } = data as Pick<Snapshot, 'day' | 'dayAnchorUsd'>;
      return { ...snapshot, day, dayAnchorUsd };
    }
    case 'assessment.abandoned':
      return { ...snapshot, status: 'failed' };
    case 'assessment.completed':
      return { ...snapshot, status: 'passed' };
    default:
      return snapshot;
  }
}

function outcomeOf({ event, data }: AccountEvent): Partial<Pick<AccountView, 'breach' | 'finalUsd' | 'reportId'>> {
  if (event === 'report.ready') return { reportId: data.reportId as string };
  if (event === 'assessment.completed') return { finalUsd: data.equityUsd as string };
  if (event !== 'assessment.abandoned') return {};
  const breach = { rule: data.breach as RuleName, violationId: data.violationId as string };
  return { breach, finalUsd: data.equityUsd as string };
}
