import { equityOf } from '../../account/account';
import type { AccountEvent, Decision } from '../../account/account-event';
import type { DecisionContext } from '../context/decision-context';
import { lastMarks } from '../context/marks';
import { openDay } from './day';

/** The trading day of now, if it is a new one: the account is valued at the last good prices, whatever their age. */
export function beginDay({ rules, account, books, at }: DecisionContext): Decision {
  if (openDay(account, rules, at) === account) return { account, events: [] };
  const opened = openDay(account, rules, at, equityOf(account, lastMarks(books)));
  const { day, dayAnchorUsd, standing } = opened;
  const { highWaterUsd, dayPeakUsd } = standing.peaks;
  const events: AccountEvent[] = [{ kind: 'day_opened', day, dayAnchorUsd }];
  if (highWaterUsd > account.standing.peaks.highWaterUsd) {
    events.push({ kind: 'high_water_raised', highWaterUsd, dayPeakUsd });
  }
  return { account: opened, events };
}
