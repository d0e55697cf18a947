import { tradingDayAt } from '../../domain/assessment/rules/trading-day';
import { instant } from '../../domain/kernel/instant';
import type { Rules } from './contract';

/** Milliseconds until the trading day ends, as the platform cuts it: by its own table of time zones. */
export const untilResetMs = (rules: Pick<Rules, 'dayZone' | 'dayResetAt'>, now: number): number =>
  tradingDayAt(instant(now), rules).endsAt - now;

/** "07:04:09", hours beyond a day included. */
export function countdownText(ms: number): string {
  const seconds = Math.max(Math.floor(ms / 1000), 0);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => part.toString().padStart(2, '0')).join(':');
}
