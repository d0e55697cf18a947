import type { Account } from '../../account/account';
import type { AccountEvent, Decision } from '../../account/account-event';
import type { Instant } from '../../kernel/instant';
import { plusMs } from '../../kernel/instant';
import type { RuleSet } from '../rules/rule-set';
import { correctionOf, stopDueAt, unprotected } from './stops';

/**
 * Gives positions that are found without their stop more time from `at` on, as long as the account has corrections
 * left: the one that was due first comes first, of equals the first by name. Each position is given one since it was
 * last flat, and what was begun is used up, whatever becomes of it. The same account where there is none to give.
 */
export function correctStops({ riskPerTrade }: RuleSet, account: Account, at: Instant): Decision {
  const { stopCorrection, stopWithinMs } = riskPerTrade ?? NO_STOPS;
  const begun = account.standing.stopCorrections;
  if (stopCorrection === null || stopWithinMs === null || begun.length >= stopCorrection.count) {
    return { account, events: [] };
  }
  const dueAt = plusMs(at, stopCorrection.withinMs);
  const given = unprotected(account)
    .filter((position) => !correctionOf(account, position) && stopDueAt(stopWithinMs, account, position) <= at)
    .sort((a, b) => a.openedAt - b.openedAt)
    .slice(0, stopCorrection.count - begun.length)
    .map(({ instrument, openedAt }) => ({ instrument, openedAt, dueAt }));
  if (given.length === 0) return { account, events: [] };
  const stopCorrections = [...begun, ...given];
  const events = given.map(
    ({ instrument }, nth): AccountEvent => ({
      kind: 'stop_corrected',
      instrument,
      dueAt,
      left: stopCorrection.count - begun.length - nth - 1,
    }),
  );
  return { account: { ...account, standing: { ...account.standing, stopCorrections } }, events };
}

const NO_STOPS = { stopCorrection: null, stopWithinMs: null };
