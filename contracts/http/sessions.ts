import * as z from 'zod';
import { sessionId } from '../ids';
import { text } from '../text';
import { route } from './route';

/** A new password's length; whether it can be guessed depends on whose it is (contracts/passwords/strength.ts). */
export const password = text().min(12, 'must have at least 12 characters').max(128, 'must have at most 128 characters');
/** One that was set before. */
export const presentPassword = text().min(1, 'must not be empty').max(128, 'must have at most 128 characters');

const session = z.object({
  sessionId,
  /** As the browser named itself when it signed in. */
  userAgent: z.string(),
  openedAt: z.int(),
  /** Epoch milliseconds; to about ten minutes. */
  lastUsedAt: z.int(),
  isCurrent: z.boolean(),
});

/** What somebody who is signed in does about their own sessions and password. */
export const sessionRoutes = {
  sessions: route({
    method: 'GET',
    path: '/auth/sessions',
    access: 'session',
    summary: 'Where the caller is signed in, this session first',
    status: 200,
    response: z.object({ sessions: z.array(session) }),
  }),
  endSession: route({
    method: 'DELETE',
    path: '/auth/sessions/{sessionId}',
    access: 'session',
    summary: 'Ends one of the caller’s sessions',
    params: z.strictObject({ sessionId }),
    status: 204,
  }),
  endOtherSessions: route({
    method: 'POST',
    path: '/auth/sessions/end-others',
    access: 'session',
    summary: 'Ends every session of the caller but this one',
    status: 200,
    response: z.object({ ended: z.int() }),
  }),
  changePassword: route({
    method: 'POST',
    path: '/auth/password',
    access: 'session',
    summary: 'Changes the password for who knows the present one, and ends the other sessions',
    body: z.strictObject({ currentPassword: presentPassword, newPassword: password }),
    status: 200,
    response: z.object({ status: z.literal('password_changed') }),
  }),
};
