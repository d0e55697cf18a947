import { absentAs, COUNT, type Codec, list, nullable, PPM, record, text, USD } from '../kernel/codec';
import type { Usd } from '../kernel/money';
import type { PayoutTerms } from './standing/payouts';
import type { PeriodTerms } from './standing/periods';
import type { NewsTerms, TradeTerms } from './standing/standing';

/** What makes a trading day count towards the days needed. */
export type DayTerms = {
  /**
   * A position opened, a trade closed, a realized gain of `dayGainUsd`, a trade closed whose size was large enough, or
   * nothing but that it is over.
   */
  readonly dayCountsIf: 'opened' | 'closed' | 'gain' | 'size' | 'calendar';
  readonly dayGainUsd: Usd;
};

/** What activity is, for the days that may be without it. */
export type ActivityTerms = { readonly inactivityBy: 'fill' | 'opened' | 'closed' };

/** Whether it is counted how many positions were closed for a missing stop. */
export type StopTerms = { readonly stopMissesToFail: number | null };

/** As much of a rule set as an account needs to remember what happened to it. */
export type AccountRules = {
  readonly maxLoss: { readonly mode: 'static' | 'trailing_eod' | 'trailing_closed' | 'trailing_intraday' };
  readonly activity: TradeTerms & DayTerms & ActivityTerms;
  readonly riskPerTrade: StopTerms | null;
  readonly conduct: NewsTerms;
  readonly lossLayers: readonly PeriodTerms[];
  readonly payout: PayoutTerms | null;
};

/** Reads them from a whole rule set in its wire form; what it has beside them is passed over. */
export const ACCOUNT_RULES: Codec<AccountRules> = record<AccountRules>({
  maxLoss: record<AccountRules['maxLoss']>({ mode: text() }),
  activity: record<AccountRules['activity']>({
    tradeHeldMsMin: COUNT,
    daySizeShareMin: PPM,
    shortWins: text(),
    dayCountsIf: text(),
    dayGainUsd: USD,
    daySizeOf: absentAs(text<TradeTerms['daySizeOf']>(), 'all'),
    inactivityBy: absentAs(text<ActivityTerms['inactivityBy']>(), 'fill'),
  }),
  riskPerTrade: nullable(record<StopTerms>({ stopMissesToFail: absentAs(nullable(COUNT), null) })),
  conduct: record<NewsTerms>({
    news: nullable(record<NonNullable<NewsTerms['news']>>({ winShare: absentAs(nullable(PPM), null) })),
  }),
  lossLayers: absentAs(list(record<PeriodTerms>({ span: text(), weekBegins: text() })), []),
  payout: absentAs(
    nullable(
      record<PayoutTerms>({
        winningDays: nullable(record<NonNullable<PayoutTerms['winningDays']>>({ dayUsd: USD })),
        scaling: absentAs(nullable(record({})), null),
      }),
    ),
    null,
  ),
});
