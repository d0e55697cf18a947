import { COUNT, type Codec, PPM, record, text, USD } from '../kernel/codec';
import type { Usd } from '../kernel/money';
import type { TradeTerms } from './standing/standing';

/** What makes a trading day count towards the days needed. */
export type DayTerms = {
  /**
   * A position opened, a trade closed, a realized gain of `dayGainUsd`, or a trade closed whose size was large enough.
   */
  readonly dayCountsIf: 'opened' | 'closed' | 'gain' | 'size';
  readonly dayGainUsd: Usd;
};

/** As much of a rule set as an account needs to remember what happened to it. */
export type AccountRules = {
  readonly maxLoss: { readonly mode: 'static' | 'trailing_eod' | 'trailing_closed' | 'trailing_intraday' };
  readonly activity: TradeTerms & DayTerms;
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
  }),
});
