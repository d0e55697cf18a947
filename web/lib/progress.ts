import { DAY_MS } from '../../domain/kernel/instant';
import { MILLION } from '../../domain/kernel/money';
import type { Mark, RuleName, Rules } from './contract';
import { percent, roundDollars } from './display';
import { fillOf } from './rules';

type Gate = Mark['gates'][number];

/** One thing that is still needed to pass, in words. */
export type Step = {
  readonly gate: Gate['gate'];
  readonly name: string;
  readonly have: string;
  readonly need: string;
  readonly isMet: boolean;
  /** Thousandths of the way, for the width of a bar. */
  readonly fill: number;
};

const SHARE_NAMES = { best_day_ppm: 'Best day’s share', best_trade_ppm: 'Best trade’s share' } as const;

/** Dollars of a gate are whole millionths on the wire. */
export function stepOf({ gate, have, need, isMet }: Gate): Step {
  const [has, needs] = [BigInt(have), BigInt(need)];
  const fill = fillOf(has, needs);
  switch (gate) {
    case 'target_usd':
      return { gate, name: 'Profit target', have: roundDollars(has), need: `of ${roundDollars(needs)}`, isMet, fill };
    case 'trades':
      return { gate, name: 'Trades', have, need: `of ${need}`, isMet, fill };
    case 'days':
      return { gate, name: 'Trading days', have, need: `of ${need}`, isMet, fill };
    case 'flat_positions': {
      const need = has === 0n ? 'all closed' : 'to be closed';
      return { gate, name: 'Open positions', have, need, isMet, fill: isMet ? 1000 : 0 };
    }
    case 'best_day_ppm':
    case 'best_trade_ppm': {
      // A smaller share is better: the bar is full where the most that is allowed is used.
      const most = `at most ${percent(needs, MILLION)}`;
      return { gate, name: SHARE_NAMES[gate], have: percent(has, MILLION), need: most, isMet, fill };
    }
  }
}

/** What will be asked for, before the first mark tells how far it is. */
export function stepsAwaited({ target, activity, consistency }: Rules): readonly Step[] {
  if (!target) return [];
  const awaited = (gate: Gate['gate'], isAsked: boolean): readonly Step[] =>
    isAsked ? [{ ...stepOf({ gate, have: '0', need: '1', isMet: false }), have: '—', need: '', fill: 0 }] : [];
  return [
    ...awaited('target_usd', true),
    ...awaited('flat_positions', target.counts === 'realized_flat'),
    ...awaited('trades', activity.tradesMin > 0),
    ...awaited('days', activity.daysMin > 0),
    ...awaited(consistency?.per === 'trade' ? 'best_trade_ppm' : 'best_day_ppm', consistency !== null),
  ];
}

/** "2 of 4 met". */
export const metText = (steps: readonly Step[]): string =>
  `${steps.filter(({ isMet }) => isMet).length} of ${steps.length} met`;

/** Whether a deadline closes a position in place of failing. */
export const isClosedFor = (rule: RuleName, { riskPerTrade }: Pick<Rules, 'riskPerTrade'>): boolean =>
  rule === 'stop_missing' && riskPerTrade?.stopSeverity === 'close';

/** What happens at a deadline unless something is done before; `at` is the moment in words. */
export const dueText = (rule: RuleName, rules: Pick<Rules, 'riskPerTrade'>, at: string): string =>
  isClosedFor(rule, rules) ? `Closed for you: ${at}` : `Fails: ${at}`;

/** Days, hours, minutes and seconds until an instant: "12 d 07:04:09". */
export function untilText(at: number, now: number, clock: (ms: number) => string): string {
  const left = Math.max(at - now, 0);
  const days = Math.floor(left / DAY_MS);
  return days === 0 ? clock(left) : `${days} d ${clock(left - days * DAY_MS)}`;
}
