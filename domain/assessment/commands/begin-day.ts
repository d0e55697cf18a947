import { equityOf } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import { after } from '../context/after';
import type { DecisionContext } from '../context/decision-context';
import { marksAt } from '../context/marks';
import { openDay } from '../judging/day';
import { tradingDayAt } from '../rules/trading-day';
import { growCapital } from './capital-growth';

/**
 * The trading day of now, if it is a new one. Each position is valued at its own last good price, whatever its age; at
 * what it cost only where it never had one. Where the rules let the capital grow it is looked at then.
 */
export function beginDay(context: DecisionContext): readonly AccountEvent[] {
  const { rules, account, books, at } = context;
  if (tradingDayAt(at, rules).day <= account.day) return [];
  const opened = openDay(rules, account, at, equityOf(account, marksAt(books, at)).expectedUsd);
  return rules.payout?.scaling ? [...opened, ...growCapital(after(context, opened))] : opened;
}
