import type { InstrumentId } from '../../kernel/ids';
import { type Instant, plusMs } from '../../kernel/instant';
import type { Blackout } from '../context/decision-context';
import { dailyFlatOf } from '../rules/daily-flat';
import type { Conduct, RuleSet } from '../rules/rule-set';
import { weekendFrom } from '../rules/weekend';

/** A time, from `from` to before `until`, in which no order may add risk. */
export type RiskWindow = {
  readonly rule: 'news' | 'weekend' | 'daily_flat';
  /** What it is about; null: the rule's name says all. */
  readonly title: string | null;
  /** Null: every instrument. */
  readonly instruments: readonly InstrumentId[] | null;
  readonly from: Instant;
  readonly until: Instant;
  /** `orders`: closing too, but by a stop; `positions`: what is held is closed as well. */
  readonly forbids: 'new_risk' | 'orders' | 'positions';
};

type WindowSpan = Pick<RiskWindow, 'from' | 'until'>;

/** Both ends of the rule belong to it, so the first instant after it is a millisecond later. */
export const newsSpan = (
  { beforeMs, afterMs }: Pick<NonNullable<Conduct['news']>, 'beforeMs' | 'afterMs'>,
  { at }: Pick<Blackout, 'at'>,
): WindowSpan => ({
  from: plusMs(at, -beforeMs),
  until: plusMs(at, afterMs + 1),
});

export const isWithinSpan = ({ from, until }: WindowSpan, at: Instant): boolean => at >= from && at < until;

/** The news that concerns an instrument at this moment. */
export const newsAt = (
  { news }: Conduct,
  blackouts: readonly Blackout[],
  instrument: InstrumentId,
  at: Instant,
): Blackout | undefined =>
  news === null
    ? undefined
    : blackouts.find(
        (blackout) =>
          (blackout.instruments?.includes(instrument) ?? true) && isWithinSpan(newsSpan(news, blackout), at),
      );

/** The windows of a phase's rules that have not ended, the earliest first: of the news that is given, and one weekend. */
export function riskWindows(rules: RuleSet, blackouts: readonly Blackout[], at: Instant): readonly RiskWindow[] {
  const { news, weekend } = rules.conduct;
  const windows: RiskWindow[] = [];
  if (weekend !== 'allowed') {
    const forbids = weekend === 'flat' ? 'positions' : 'new_risk';
    windows.push({ rule: 'weekend', title: null, instruments: null, ...weekendFrom(at, rules), forbids });
  }
  const flat = dailyFlatOf(rules, at);
  if (flat) {
    const daily = { rule: 'daily_flat', title: null, instruments: null } as const;
    windows.push({ ...daily, from: flat.quietFrom, until: flat.from, forbids: 'new_risk' });
    windows.push({ ...daily, from: flat.from, until: flat.until, forbids: 'positions' });
  }
  if (news !== null && news.bars !== 'nothing') {
    for (const blackout of blackouts) {
      const { title, instruments } = blackout;
      windows.push({ rule: 'news', title, instruments, ...newsSpan(news, blackout), forbids: news.bars });
    }
  }
  return windows.filter(({ from, until }) => until > at && until > from).sort((a, b) => a.from - b.from);
}
