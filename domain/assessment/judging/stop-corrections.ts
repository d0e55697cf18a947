import type { Account, Marks } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import { exitPrice, type Position } from '../../account/positions/position';
import type { Instant } from '../../kernel/instant';
import { plusMs } from '../../kernel/instant';
import type { DecisionContext } from '../context/decision-context';
import { marksAt } from '../context/marks';
import type { RuleSet } from '../rules/rule-set';
import { correctionOf, stopDueAt, unprotected } from './stops';

/**
 * Gives positions that are found without their stop more time from `at` on, as long as the account has corrections
 * left: the one that was due first comes first, of equals the first by name. Each position is given one since it was
 * last flat, and what was begun is used up, whatever becomes of it: so none is begun while its coin has no price and
 * nobody could place a stop. Nothing happens where there is none to give.
 */
export function correctStops(
  { riskPerTrade }: RuleSet,
  account: Account,
  marks: Marks,
  at: Instant,
): readonly AccountEvent[] {
  const { stopCorrection, stopWithinMs } = riskPerTrade ?? NO_STOPS;
  const begun = account.standing.stopCorrections.length;
  if (stopCorrection === null || stopWithinMs === null || begun >= stopCorrection.count) return [];
  const dueAt = plusMs(at, stopCorrection.withinMs);
  const left = stopCorrection.count - begun;
  const isDue = (position: Position) => {
    const quote = marks.get(position.instrument);
    return exitPrice(position, quote) !== null && stopDueAt(stopWithinMs, account, position, quote) <= at;
  };
  return unprotected(account)
    .filter((position) => !correctionOf(account, position) && isDue(position))
    .sort((a, b) => a.openedAt - b.openedAt)
    .slice(0, left)
    .map(({ instrument }, nth) => ({ kind: 'stop_corrected', instrument, dueAt, left: left - nth - 1 }));
}

const NO_STOPS = { stopCorrection: null, stopWithinMs: null };

/** A position that is found without its stop is given its time. */
export const giveStopsTime = ({ rules, account, books, at }: DecisionContext): readonly AccountEvent[] =>
  correctStops(rules, account, marksAt(books, at), at);
