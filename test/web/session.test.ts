import { type Answer, unreachable } from '../../web/lib/answer';
import type { Session as Issued } from '../../web/lib/contract';
import { Session } from '../../web/lib/session';
import { settled, Timers } from './timers';

const issued = (accessToken: string): Issued => ({
  accessToken,
  expiresInS: 600,
  user: { userId: '0190a000-0000-7000-8000-000000000001', email: 'a@b.example', displayName: 'A', roles: ['trader'] },
});

const yes = (token: string): Answer<Issued> => ({ ok: true, value: issued(token) });
const over: Answer<Issued> = {
  ok: false,
  problem: { type: 't', title: 'over', status: 401, refusal: 'session_expired', correlationId: 'c' },
};
const away: Answer<Issued> = { ok: false, problem: unreachable('c') };

function session(answers: readonly Answer<Issued>[], isKnown = true) {
  const timers = new Timers();
  const queue = [...answers];
  const asked: string[] = [];
  const hints = { isSet: isKnown };
  const made = new Session({
    refresh: async () => {
      asked.push('refresh');
      return queue.shift() ?? over;
    },
    logout: async () => {
      asked.push('logout');
      return { ok: true, value: undefined };
    },
    later: timers.later,
    random: () => 1,
    alone: (act) => act(),
    hint: {
      get: () => hints.isSet,
      set: (isSet) => {
        hints.isSet = isSet;
      },
    },
  });
  return { made, timers, asked, hints };
}

/** Goal: a trader stays signed in without noticing, and strangers are not asked about. */
test('a stranger is signed out without a call', async () => {
  const { made, asked } = session([], false);
  await made.start();
  expect([made.get().kind, asked]).toEqual(['signed-out', []]);
});

test('a page load gets a token for the cookie', async () => {
  const { made } = session([yes('one')]);
  await made.start();
  expect(made.get()).toMatchObject({ kind: 'signed-in', accessToken: 'one' });
});

test('the token is renewed a minute before it expires', async () => {
  const { made, timers } = session([yes('one'), yes('two')]);
  await made.start();
  expect(timers.waits).toEqual([540_000]);
  timers.run(540_000);
  await settled();
  expect(made.accessToken()).toBe('two');
});

test('an ended session signs out and forgets the browser', async () => {
  const { made, hints } = session([over]);
  await made.start();
  expect([made.get().kind, hints.isSet]).toEqual(['signed-out', false]);
});

test('an unreachable platform is not an ended session', async () => {
  const { made, timers, hints } = session([away, yes('one')]);
  await made.start();
  expect([made.get(), hints.isSet]).toEqual([{ kind: 'unknown', isOffline: true }, true]);
  timers.run(1_000);
  await settled();
  expect(made.get().kind).toBe('signed-in');
});

test('calls that need a new token at once make one refresh', async () => {
  const { made, asked } = session([yes('one'), yes('two')]);
  await made.start();
  expect(await Promise.all([made.renew(), made.renew(), made.renew()])).toEqual([true, true, true]);
  expect(asked).toEqual(['refresh', 'refresh']);
});

test('signing out ends the session at the platform and here', async () => {
  const { made, asked, timers } = session([yes('one')]);
  await made.start();
  const heard: string[] = [];
  made.subscribe(() => heard.push(made.get().kind));
  await made.signOut();
  expect([asked.at(-1), heard, timers.waits]).toEqual(['logout', ['signed-out'], []]);
});
