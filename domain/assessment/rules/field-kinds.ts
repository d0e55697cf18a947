import { DAY_MS } from '../../kernel/instant';
import { ABOVE_ZERO, TIME_OF_DAY } from './bounds';
import { bounded, shaped, USD, whole } from './field';

export const COUNT = whole(0, 100_000);
export const DAYS = whole(1, 3_650);
export const DURATION_MS = whole(0, 3_650 * DAY_MS);
/** Orders look at the news of a week before and after: a longer window would not be seen whole. */
export const NEWS_MS = whole(0, 7 * DAY_MS);
/** The search for reversals looks back a few hours: a longer rule would not be seen whole. */
export const REVERSE_WITHIN_MS_MAX = 3_600_000;
/** Within more than a minute anybody does what everybody does. */
export const COPY_WITHIN_MS_MAX = 60_000;

export const POSITIVE_USD = bounded(USD, ABOVE_ZERO);
export const POSITIVE_MS = bounded(DURATION_MS, ABOVE_ZERO);
/** A local time of day. */
export const CLOCK = bounded(shaped(TIME_OF_DAY, 'must be a time such as 00:30'), {
  rule: 'must be a time of day such as 00:30',
  holds: (at) => TIME_OF_DAY.test(at),
});
export const POSITIVE_DAYS = bounded(DAYS, ABOVE_ZERO);
