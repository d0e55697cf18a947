/** Rules with a limit in dollars. */
export type LimitName = 'max_drawdown' | 'daily_loss' | 'risk_per_trade' | 'open_loss';
/** Rules with an instant after which they are broken. */
export type DeadlineName = 'stop_missing' | 'inactivity' | 'time_limit';
/** `consistency` breaks only in place of a pass. */
export type RuleName = LimitName | DeadlineName | 'consistency';
