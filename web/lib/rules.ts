import type { RuleName, Rules } from './contract';
import { readUsd } from './decimal';
import { percent, roundDollarsText } from './display';

export const RULE_NAMES: Readonly<Record<RuleName, string>> = {
  daily_loss: 'Daily loss',
  max_drawdown: 'Maximum drawdown',
  risk_per_trade: 'Risk per trade',
};

export type Explained = { readonly name: string; readonly value: string; readonly share?: string };

const shareOf = (part: string, rules: Rules): string => percent(readUsd(part), readUsd(rules.startingUsd));

/** The figures of a rule set, in the order in which a trader meets them. */
export const explainRules = (rules: Rules): readonly Explained[] => [
  dollarRule('Profit target', rules.profitTargetUsd, rules),
  dollarRule(RULE_NAMES.max_drawdown, rules.maxDrawdownUsd, rules),
  dollarRule(RULE_NAMES.daily_loss, rules.dailyLossUsd, rules),
  dollarRule(RULE_NAMES.risk_per_trade, rules.riskPerTradeUsd, rules),
  { name: 'Trades needed', value: String(rules.tradesMin) },
  { name: 'Leverage', value: `${rules.leverageMax} : 1` },
  { name: 'Day begins', value: `${rules.dayResetAt} ${zoneText(rules.dayZone)}` },
];

const dollarRule = (name: string, amount: string, rules: Rules): Explained => ({
  name,
  value: roundDollarsText(amount),
  share: shareOf(amount, rules),
});

/** What each of these figures means, by its name. */
export const RULE_MEANINGS: Readonly<Record<string, string>> = {
  'Profit target': 'The closed profit that passes the assessment, once every position is closed.',
  'Maximum drawdown': 'Equity may never fall this far below the starting balance. The floor does not move.',
  'Daily loss': 'Equity may not fall this far below the balance with which the trading day began.',
  'Risk per trade': 'No single position may lose this much, fees included. A prediction position may not cost more.',
  'Trades needed': 'Positions opened and closed again before the target counts.',
  Leverage: 'Crypto positions together may be worth this many times the equity, checked before each order.',
  'Day begins': 'The time at which a new trading day takes the balance as its anchor, daylight saving included.',
};

/** "Europe/Prague" → "Prague time". */
export const zoneText = (zone: string): string =>
  zone === 'UTC' || zone === 'Etc/UTC' ? 'UTC' : `${(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')} time`;

export type Severity = 'calm' | 'near' | 'critical' | 'broken';

/** How close a used amount is to its limit; touching the limit breaks the rule. */
export function severityOf(usedUsd: bigint, limitUsd: bigint): Severity {
  if (usedUsd >= limitUsd) return 'broken';
  if (usedUsd * 100n >= limitUsd * 85n) return 'critical';
  return usedUsd * 100n >= limitUsd * 60n ? 'near' : 'calm';
}

export const SEVERITY_TEXT: Readonly<Record<Severity, string>> = {
  calm: 'Room left',
  near: 'Careful',
  critical: 'Close to the limit',
  broken: 'Broken',
};

/** Thousandths of the limit that are used, from 0 to 1000, for the width of a bar. */
export const fillOf = (usedUsd: bigint, limitUsd: bigint): number => {
  if (limitUsd <= 0n || usedUsd <= 0n) return 0;
  return usedUsd >= limitUsd ? 1000 : Number((usedUsd * 1000n) / limitUsd);
};
