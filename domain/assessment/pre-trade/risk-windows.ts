import type { InstrumentId } from '../../kernel/ids';
import { type Instant, plusMs } from '../../kernel/instant';
import type { Blackout } from '../context/decision-context';
import type { Conduct, RuleSet } from '../rules/rule-set';
import { weekendFrom } from '../rules/weekend';

/** A time, from `from` to before `until`, in which no order may add risk. */
export type RiskWindow = {
  readonly rule: 'news' | 'weekend';
  /** What it is about; null: the rule's name says all. */
  readonly title: string | null;
  /** Null: every instrument. */
  readonly instruments: readonly InstrumentId[] | null;
  readonly from: Instant;
  readonly until: Instant;
  /** `positions`: what is held is closed as well. */
  readonly forbids: 'new_risk' | 'positions';
};

type WindowSpan = Pick<RiskWindow, 'from' | 'until'>;

/** Both ends of the rule belong to it, so the first instant after it is a millisecond later. */
export const newsSpan = (
  { beforeMs, afterMs }: NonNullable<Conduct['news']>,
  { at }: Pick<Blackout, 'at'>,
): WindowSpan => ({
  from: plusMs(at, -beforeMs),
  until: plusMs(at, afterMs + 1),
});

export const isWithinSpan = ({ from, until }: WindowSpan, at: Instant): boolean => at >= from && at < until;

/** The windows of a phase's rules that have not ended, the earliest first: of the news that is given, and one weekend. */
export function riskWindows(rules: RuleSet, blackouts: readonly Blackout[], at: Instant): readonly RiskWindow[] {
  const { news, weekend } = rules.conduct;
  const windows: RiskWindow[] = [];
  if (weekend !== 'allowed') {
    const forbids = weekend === 'flat' ? 'positions' : 'new_risk';
    windows.push({ rule: 'weekend', title: null, instruments: null, ...weekendFrom(at, rules), forbids });
  }
  if (news !== null) {
    for (const blackout of blackouts) {
      const { title, instruments } = blackout;
      windows.push({ rule: 'news', title, instruments, ...newsSpan(news, blackout), forbids: 'new_risk' });
    }
  }
  return windows.filter(({ until }) => until > at).sort((a, b) => a.from - b.from);
}
