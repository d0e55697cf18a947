import { DAY_MS, type Instant, isoText, plusMs } from '../../domain/kernel/instant';
import type { Refused } from '../../domain/kernel/result';
import type { StudyLimits, StudyUse } from '../ports/simulation/study-store';

const HOUR_MS = 3_600_000;
const OPEN_MAX = 2;
const HOUR_MAX = 20;
/** Who plans tiers asks more often. */
const ADMIN_HOUR_MAX = 60;

export const studyLimits = (isAdmin: boolean, at: Instant): StudyLimits => ({
  openMax: OPEN_MAX,
  askedMax: isAdmin ? ADMIN_HOUR_MAX : HOUR_MAX,
  askedSince: plusMs(at, -HOUR_MS),
  sameSince: plusMs(at, -DAY_MS),
});

export type TooMany = Refused<'studies_open_max' | 'studies_hour_max'> & { readonly retryAfterS: number };

/** How long a study takes, about: who waits for a place asks again after so long. */
const OPEN_RETRY_S = 5;

/** Refused while too many are open, and until the oldest of the hour is an hour old. */
export function tooMany({ open, askedAt }: StudyUse, limits: StudyLimits, at: Instant): TooMany | undefined {
  if (open >= limits.openMax) {
    const rule = `must wait: ${open} simulations of yours are not over yet`;
    return { ok: false, refusal: 'studies_open_max', fault: { field: 'studyId', rule }, retryAfterS: OPEN_RETRY_S };
  }
  const last = askedAt.at(-limits.askedMax);
  if (last === undefined) return undefined;
  const freeAt = plusMs(last, HOUR_MS);
  const rule = `must wait until ${isoText(freeAt)}: at most ${limits.askedMax} simulations in an hour`;
  const retryAfterS = Math.max(1, Math.ceil((freeAt - at) / 1_000));
  return { ok: false, refusal: 'studies_hour_max', fault: { field: 'studyId', rule }, retryAfterS };
}
