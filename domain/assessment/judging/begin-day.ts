import { equityOf } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import type { DecisionContext } from '../context/decision-context';
import { lastMarks } from '../context/marks';
import { tradingDayAt } from '../rules/trading-day';
import { openDay } from './day';

/** The trading day of now, if it is a new one: the account is valued at the last good prices, whatever their age. */
export function beginDay({ rules, account, books, at }: DecisionContext): readonly AccountEvent[] {
  if (tradingDayAt(at, rules).day <= account.day) return [];
  return openDay(rules, account, at, equityOf(account, lastMarks(books)));
}
