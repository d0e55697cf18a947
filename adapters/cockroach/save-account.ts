import type { Fill } from '../../domain/account/order';
import type { Position } from '../../domain/account/position';
import { isoText } from '../../domain/kernel/instant';
import { invariant } from '../../domain/kernel/invariant';
import { qty, ZERO_USD } from '../../domain/kernel/money';
import type { AccountChange, AccountSnapshot } from '../../usecases/ports/account-store';
import { levelColumn } from './account-rows';
import { outboxColumns, outboxValues } from './outbox-columns';
import { postingValues } from './posting-values';
import { saveDecision, saveFill } from './save-account.sql';
import type { Statement } from './statement';
import { absent, verdictValues } from './verdict-values';

type Call = { readonly statement: Statement<never>; readonly values: readonly unknown[] };

const FILL_VALUES = 14;
const FILL_EVENTS_MAX = 3;

/** The statement and parameters that write a change; their numbers are those of save-account.sql.ts. */
export function saveCall(snapshot: AccountSnapshot, change: AccountChange): Call {
  const { account, announcements, fill } = change;
  invariant(announcements.length > 0, 'a change of an account has an event');
  const common = [
    ...[snapshot.accountId, snapshot.version, snapshot.version + announcements.length, change.status],
    ...[account.cashUsd, account.tradesClosed, account.day, account.dayAnchorUsd],
    ...postingValues(change.ledger),
    ...(fill ? fillValues(fill) : absent(FILL_VALUES)),
  ];
  const positions = changedPositions(snapshot.account.positions, account.positions);
  const [position, ...others] = positions;
  const isFillAlone = fill && !change.verdict && !change.equityPoint && announcements.length <= FILL_EVENTS_MAX;
  if (isFillAlone && position && others.length === 0) {
    const values = [...common, ...positionValues(position), ...outboxValues(announcements, FILL_EVENTS_MAX)];
    return { statement: saveFill, values };
  }
  const values = [
    ...common,
    ...transposed(positions.map(positionValues), 5),
    ...outboxColumns(announcements),
    ...verdictValues(snapshot, change),
  ];
  return { statement: saveDecision, values };
}

/** Positions that are new or different, and zeros for those that went flat. */
function changedPositions(before: readonly Position[], after: readonly Position[]): readonly Position[] {
  const held = new Map(before.map((position) => [position.instrument, position]));
  const changed = after.filter((position) => !isSame(held.get(position.instrument), position));
  const open = new Set(after.map(({ instrument }) => instrument));
  const closed = before.filter(({ instrument }) => !open.has(instrument)).map(({ instrument }) => flat(instrument));
  return [...changed, ...closed];
}

const isSame = (a: Position | undefined, b: Position): boolean =>
  a?.qty === b.qty && a.costUsd === b.costUsd && a.realizedUsd === b.realizedUsd && a.feesUsd === b.feesUsd;

const flat = (instrument: Position['instrument']): Position => ({
  instrument,
  qty: qty(0n),
  costUsd: ZERO_USD,
  realizedUsd: ZERO_USD,
  feesUsd: ZERO_USD,
});

const positionValues = (position: Position): readonly unknown[] => [
  position.instrument,
  position.qty,
  position.costUsd,
  position.realizedUsd,
  position.feesUsd,
];

/** Rows as columns, for unnest. */
const transposed = (rows: readonly (readonly unknown[])[], width: number): readonly (readonly unknown[])[] =>
  Array.from({ length: width }, (_, column) => rows.map((row) => row[column]));

const fillValues = (fill: Fill): readonly unknown[] => [
  ...[fill.orderId, fill.fillId, fill.instrument, fill.side, fill.qty, fill.price, fill.cashUsd, fill.feeUsd],
  ...[fill.realizedUsd, levelColumn(fill.levels), isoText(fill.placedAt), fill.bookSequence, fill.venueProof],
  isoText(fill.venueAt),
];
