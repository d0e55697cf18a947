import {
  absentAs,
  byName,
  COUNT,
  type Codec,
  FLAG,
  INSTANT,
  nullable,
  PRICE,
  record,
  text,
  USD,
  variant,
} from '../../kernel/codec';
import type { Usd } from '../../kernel/money';
import type { Payout } from '../../market/instrument';
import type { CorrectedStanding, PositionSettled, Settlement } from '../account-event';
import { settlementEntries } from '../positions/ledger';
import { NO_PERIODS, type Periods } from '../standing/periods';
import type { BeforePayout } from '../standing/standing';
import { PAYOUTS, POSITION } from './account-codec';

export const PERIODS: Codec<Periods> = absentAs(
  record<Periods>({ weekUsd: nullable(USD), monthUsd: nullable(USD) }),
  NO_PERIODS,
);

/** `paidUsd` is what the payout itself moved, `cashUsd` what the account has after it. */
type Settled = Omit<Settlement, 'cashUsd'> &
  Omit<PositionSettled, 'kind' | 'settlement' | 'ledger' | 'corrected'> & {
    readonly paidUsd: Usd;
    readonly corrected: CorrectedStanding | null;
  };

export const SETTLED: Codec<Settled> = record<Settled>({
  instrument: text(),
  payout: variant<'kind', Payout>('kind', {
    pays: record<Extract<Payout, { readonly kind: 'pays' }>>({ kind: text(), price: PRICE }),
    void: record<Extract<Payout, { readonly kind: 'void' }>>({ kind: text() }),
  }),
  position: POSITION,
  paidUsd: USD,
  realizedUsd: USD,
  corrects: FLAG,
  settledAt: INSTANT,
  before: record<BeforePayout>({
    day: text(),
    highWaterUsd: USD,
    dayPeakUsd: USD,
    isPaused: FLAG,
    warned: byName(COUNT),
  }),
  cashUsd: USD,
  balanceUsd: USD,
  dayAnchorUsd: USD,
  isPaused: FLAG,
  corrected: nullable(
    record<CorrectedStanding>({
      peaks: record<CorrectedStanding['peaks']>({ highWaterUsd: USD, dayPeakUsd: USD }),
      day: record<CorrectedStanding['day']>({ balanceUsd: USD, excludedUsd: USD, isPaused: FLAG }),
      days: record<CorrectedStanding['days']>({ counted: COUNT, bestUsd: USD, winningUsd: USD }),
      trades: record<CorrectedStanding['trades']>({ worstUsd: USD, bestUsd: USD, excludedUsd: USD }),
      warned: byName(COUNT),
      periods: PERIODS,
      payouts: PAYOUTS,
    }),
  ),
});

/** The event that this data of a settlement tells. */
export function positionSettledIn({ paidUsd, corrected, ...data }: Settled): PositionSettled {
  const { cashUsd, balanceUsd, dayAnchorUsd, isPaused, ...paid } = data;
  const settlement: Settlement = { ...paid, cashUsd: paidUsd };
  return {
    kind: 'position_settled',
    settlement,
    ledger: settlementEntries(settlement),
    cashUsd,
    balanceUsd,
    dayAnchorUsd,
    isPaused,
    ...(corrected && { corrected }),
  };
}
