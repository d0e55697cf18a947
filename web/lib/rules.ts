import type { RuleName, Rules } from './contract';

export const RULE_NAMES: Readonly<Record<RuleName, string>> = {
  daily_loss: 'Daily loss',
  max_drawdown: 'Maximum drawdown',
  risk_per_trade: 'Risk per trade',
  planned_risk: 'Risk planned at the stops',
  open_loss: 'Open loss',
  second_daily_loss: 'Second daily loss',
  weekly_loss: 'Weekly loss',
  monthly_loss: 'Monthly loss',
  static_loss: 'Loss of the account',
  stop_missing: 'Stop-loss missing',
  inactivity: 'Inactivity',
  time_limit: 'Time limit',
  consistency: 'Consistency',
};

/** A risk per trade that only orders are held to fails nobody, and says so. */
export const gaugeName = (rule: RuleName, { riskPerTrade }: Pick<Rules, 'riskPerTrade'>): string =>
  rule === 'risk_per_trade' && riskPerTrade?.severity === 'block'
    ? `${RULE_NAMES.risk_per_trade}, fails nothing`
    : RULE_NAMES[rule];

/** "Europe/Prague" → "Prague time". */
export const zoneText = (zone: string): string =>
  zone === 'UTC' || zone === 'Etc/UTC' ? 'UTC' : `${(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')} time`;

export type Severity = 'calm' | 'half' | 'near' | 'critical' | 'broken';

/** How close a used amount is to its limit, by the shares that the platform warns at; a full limit is broken. */
export function severityOf(usedUsd: bigint, limitUsd: bigint): Severity {
  if (usedUsd >= limitUsd) return 'broken';
  if (usedUsd * 100n >= limitUsd * 95n) return 'critical';
  if (usedUsd * 100n >= limitUsd * 80n) return 'near';
  return usedUsd * 100n >= limitUsd * 50n ? 'half' : 'calm';
}

export const SEVERITY_TEXT: Readonly<Record<Severity, string>> = {
  calm: '',
  half: 'Over 50 % used',
  near: 'Over 80 % used',
  critical: 'Over 95 % used',
  broken: 'Used up',
};

/** Thousandths of the limit that are used, from 0 to 1000, for the width of a bar. */
export const fillOf = (used: bigint, limit: bigint): number => {
  if (limit <= 0n || used <= 0n) return 0;
  return used >= limit ? 1000 : Number((used * 1000n) / limit);
};
