import type { PayoutTaken } from '../../../domain/account/account-event';
import type { PayoutId } from '../../../domain/kernel/ids';
import { type Instant, isoText } from '../../../domain/kernel/instant';
import type { Usd } from '../../../domain/kernel/money';
import type { KeptPayout } from '../../../usecases/ports/accounts/payout-store';

export type PayoutRow = {
  readonly payout_id: PayoutId;
  readonly amount_usd: Usd;
  readonly trader_usd: Usd;
  readonly taken_at: Instant;
};

export const payoutOf = ({ payout_id, amount_usd, trader_usd, taken_at }: PayoutRow): KeptPayout => ({
  payoutId: payout_id,
  amountUsd: amount_usd,
  traderUsd: trader_usd,
  takenAt: taken_at,
});

/** As the statement that saves a decision reads it. */
export const payoutRecord = ({ payoutId, amountUsd, traderUsd, at }: PayoutTaken, version: number) => ({
  payout_id: payoutId,
  version,
  amount_usd: `${amountUsd}`,
  trader_usd: `${traderUsd}`,
  taken_at: isoText(at),
});
