import { equityOf } from '../../account/account';
import type { Decided, Happening } from '../context/account-event';
import type { Desk } from '../context/decision-context';
import { lastMarks } from '../context/marks';
import { openDay } from './day';

/** The trading day of now, if it is a new one: the account is valued at the last good prices, whatever their age. */
export function beginDay({ rules, account, books, at }: Desk): Decided {
  if (openDay(account, rules, at) === account) return { account, happenings: [] };
  const opened = openDay(account, rules, at, equityOf(account, lastMarks(books)));
  const { day, dayAnchorUsd, standing } = opened;
  const { highWaterUsd, dayPeakUsd } = standing;
  const happenings: Happening[] = [{ kind: 'day_opened', day, dayAnchorUsd }];
  if (highWaterUsd > account.standing.highWaterUsd) {
    happenings.push({ kind: 'high_water_raised', highWaterUsd, dayPeakUsd });
  }
  return { account: opened, happenings };
}
