import type { Reply, Rules } from './contract';
import { shortTime, weekdayDate } from './display';
import type { Naming } from './naming';

export type RiskWindow = Reply<'GET /accounts/{accountId}/risk-windows'>['windows'][number];

/** What holds now, what comes next, and what comes after it. */
export type Ahead = {
  readonly current: readonly RiskWindow[];
  readonly next: RiskWindow | undefined;
  readonly later: readonly RiskWindow[];
};

export function aheadOf(windows: readonly RiskWindow[], now: number): Ahead {
  const left = windows.filter(({ until }) => until > now).sort((a, b) => a.from - b.from);
  const [next, ...later] = left.filter(({ from }) => from > now);
  return { current: left.filter(({ from }) => from <= now), next, later };
}

/** Whether the rules know any such time; undefined: they know none. */
export function windowsName({ conduct: { news, weekend, flatAt } }: Pick<Rules, 'conduct'>): string | undefined {
  const known = [
    ...(news === null || news.bars === 'nothing' ? [] : ['news']),
    ...(weekend === 'allowed' ? [] : ['weekend']),
    ...(flatAt === null ? [] : ['flat hours']),
  ];
  const last = known.pop();
  if (last === undefined) return undefined;
  const text = known.length === 0 ? last : `${known.join(', ')} and ${last}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

export function windowTitle({ rule, title }: RiskWindow): string {
  switch (rule) {
    case 'weekend':
      return 'Weekend';
    case 'daily_flat':
      return 'Flat every day';
    case 'news':
      return `News: ${title ?? 'scheduled'}`;
  }
}

/** When a window lasts, and what may not be done in it: one sentence. */
export function windowText(window: RiskWindow, now: number, naming: Naming): string {
  const { from, until, instruments, forbids } = window;
  const when =
    from > now ? `From ${momentText(from, now)} to ${momentText(until, now)}` : `Until ${momentText(until, now)}`;
  const where = instruments === null ? '' : ` in ${namesText(instruments, naming)}`;
  const refused = `orders that add risk${where} are refused and resting ones wait`;
  switch (forbids) {
    case 'positions':
      return `${when} positions are closed for you, ${refused}.`;
    case 'orders':
      return `${when} ${refused}. Only a stop closes.`;
    case 'new_risk':
      return `${when} ${refused}. Closing works.`;
  }
}

const NAMED_MAX = 4;

/** "BTC, ETH and SOL"; of many the first ones. */
function namesText(instruments: readonly string[], naming: Naming): string {
  const units = instruments.map((each) => naming(each).unit);
  if (units.length <= 1) return units.join('');
  const named = units.slice(0, units.length > NAMED_MAX ? NAMED_MAX - 1 : -1);
  const left = units.length - named.length;
  return `${named.join(', ')} and ${left > 1 ? `${left} more` : units.at(-1)}`;
}

/** "14:28" of the same day, "Fri 27 Nov, 14:28" of another, in the reader's own time. */
export const momentText = (at: number, now: number): string =>
  weekdayDate(at) === weekdayDate(now) ? shortTime(at) : `${weekdayDate(at)}, ${shortTime(at)}`;
