import { equityOf } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import type { DecisionContext } from '../context/decision-context';
import { marksAt } from '../context/marks';
import { tradingDayAt } from '../rules/trading-day';
import { openDay } from './day';

/**
 * The trading day of now, if it is a new one. Each position is valued at its own last good price, whatever its age; at
 * what it cost only where it never had one.
 */
export function beginDay({ rules, account, books, at }: DecisionContext): readonly AccountEvent[] {
  if (tradingDayAt(at, rules).day <= account.day) return [];
  return openDay(rules, account, at, equityOf(account, marksAt(books, at)).expectedUsd);
}
