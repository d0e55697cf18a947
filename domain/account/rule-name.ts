/** Rules with a limit in dollars. */
export const LIMIT_NAMES = [
  'max_drawdown',
  'daily_loss',
  'risk_per_trade',
  'planned_risk',
  'open_loss',
  'second_daily_loss',
  'weekly_loss',
  'monthly_loss',
  'static_loss',
] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];
/** Rules with an instant after which they are broken. */
export const DEADLINE_NAMES = ['stop_missing', 'inactivity', 'time_limit'] as const;
export type DeadlineName = (typeof DEADLINE_NAMES)[number];
/** `consistency` breaks only in place of a pass. */
export const RULE_NAMES = [...LIMIT_NAMES, ...DEADLINE_NAMES, 'consistency'] as const;
export type RuleName = (typeof RULE_NAMES)[number];
