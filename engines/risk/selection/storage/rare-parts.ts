import { NO_PAYOUTS } from '../../../../domain/account/standing/payouts';
import { NO_PERIODS } from '../../../../domain/account/standing/periods';
import type { Standing } from '../../../../domain/account/standing/standing';

/** What few rules ask an account to remember of its trades. */
export type Rare = Pick<Standing['trades'], 'inNews' | 'activityAt' | 'missedStops'>;

export const NOTHING_RARE: Rare = { inNews: [], activityAt: null, missedStops: [] };

/** What weeks, months and payouts count from. */
export type Counting = Pick<Standing, 'periods' | 'payouts'>;

export const COUNTS_NOTHING: Counting = { periods: NO_PERIODS, payouts: NO_PAYOUTS };
