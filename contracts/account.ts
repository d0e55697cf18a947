import * as z from 'zod';
import { assessmentStatus } from './assessment';
import { qtyText, usdText } from './decimal';
import { accountId, instrumentId } from './ids';

export const position = z.object({
  instrument: instrumentId,
  qty: qtyText,
  costUsd: usdText,
  realizedUsd: usdText,
  feesUsd: usdText,
});

/** An account as of `version`, which counts its events: the next event carries `version + 1`. */
export const accountSnapshot = z.object({
  accountId,
  version: z.int(),
  status: assessmentStatus,
  cashUsd: usdText,
  balanceUsd: usdText,
  tradesClosed: z.int(),
  day: z.string(),
  dayAnchorUsd: usdText,
  positions: z.array(position),
});
