import { type Instant, isoText, plusMs } from '../../../domain/kernel/instant';
import { levelKey } from '../../../domain/market/taken';
import type { PastTakings } from '../../../usecases/ports/market-data/taken-liquidity';
import { levelsOf } from '../accounts/fill-rows';
import type { Database } from '../connection/database';
import { pastTakings } from './past-takings.sql';

/** What was taken longer ago than this is free again once it was lost. */
const LOOK_BACK_MS = 3_600_000;
const FILLS_MAX = 50_000;

/** What takers took lately, as their fills say; what filled at the price of a resting order is not among them. */
export const makePastTakings =
  (database: Pick<Database, 'query'>, clock: { readonly now: () => Instant }): PastTakings =>
  async () => {
    const rows = await database.query(pastTakings, [isoText(plusMs(clock.now(), -LOOK_BACK_MS)), FILLS_MAX]);
    return rows
      .flatMap((row) =>
        levelsOf(row.levels).map(({ price, qty }) => ({
          userId: row.user_id,
          instrument: row.instrument,
          key: levelKey(row.side === 'buy' ? 'asks' : 'bids', price),
          qty,
          at: row.filled_at,
        })),
      )
      .reverse();
  };
