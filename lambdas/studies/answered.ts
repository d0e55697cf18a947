import type * as z from 'zod';
import type { studyRoutes } from '../../contracts/http/studies';
import type { study } from '../../contracts/study';
import { type Answer, ok } from '../../runtime/answers';
import type { Caller } from '../../usecases/ports/identity/session';
import type { ListedStudy } from '../../usecases/ports/simulation/study-store';
import type { StudyView } from '../../usecases/simulation/read-studies';
import type { TooMany } from '../../usecases/simulation/study-limits';
import type { TakenStudy } from '../../usecases/simulation/take-study';

type Told = z.output<typeof study>;
type Asked = Answer<(typeof studyRoutes)['requestStudy']>;

/** Whose it is, and how the request is known again, is not for its reader. */
export const told = ({ userId: _userId, askedHash: _askedHash, ...shown }: StudyView): Told => shown;
export const listed = ({ userId: _userId, askedHash: _askedHash, ...shown }: ListedStudy) => shown;

/** What was asked for before is answered with 200; who has to wait is told for how long (RFC 9110, Retry-After). */
export function askedAnswer(
  taken: { readonly ok: true; readonly value: TakenStudy } | Extract<Asked, { ok: false }> | TooMany,
): Asked {
  if (taken.ok) return ok(told(taken.value.study), taken.value.isReplay ? { status: 200 } : {});
  return 'retryAfterS' in taken ? { ...taken, headers: { 'retry-after': String(taken.retryAfterS) } } : taken;
}

export const senderOf = ({ userId, roles }: Caller) => ({ userId, isAdmin: roles.includes('admin') });
