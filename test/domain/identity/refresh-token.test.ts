import { emailKeyOf } from '../../../domain/identity/email';
import {
  decideRefresh,
  GRACE_MS,
  IDLE_MS_MAX,
  type RefreshFamily,
  refreshExpiry,
  SESSION_MS_MAX,
} from '../../../domain/identity/refresh-token';
import { instant } from '../../../domain/kernel/instant';

const NOW = 1_000_000_000;

const family = (change: Partial<RefreshFamily> = {}): RefreshFamily => ({
  generation: 5,
  openedAt: instant(0),
  rotatedAt: instant(NOW),
  userAgent: 'browser/1',
  expiresAt: instant(NOW + IDLE_MS_MAX),
  endedAt: null,
  ...change,
});

/** Goal: what the holder of a refresh token is told. The newest generation is 5, made at 0 ms. */
test.each`
  story                                       | generation | after              | agent          | verdict
  ${'the newest one'}                         | ${5}       | ${0}               | ${'browser/1'} | ${'rotate'}
  ${'the newest one, days later'}             | ${5}       | ${IDLE_MS_MAX - 1} | ${'browser/1'} | ${'rotate'}
  ${'the newest one from an updated browser'} | ${5}       | ${60_000}          | ${'browser/2'} | ${'rotate'}
  ${'the last day is over'}                   | ${5}       | ${IDLE_MS_MAX}     | ${'browser/1'} | ${'expired'}
  ${'a second tab at once'}                   | ${4}       | ${0}               | ${'browser/1'} | ${'repeat'}
  ${'a second tab just in time'}              | ${4}       | ${GRACE_MS}        | ${'browser/1'} | ${'repeat'}
  ${'a second tab too late'}                  | ${4}       | ${GRACE_MS + 1}    | ${'browser/1'} | ${'reused'}
  ${'a thief with another program'}           | ${4}       | ${0}               | ${'curl/8'}    | ${'reused'}
  ${'two generations ago'}                    | ${3}       | ${0}               | ${'browser/1'} | ${'reused'}
  ${'the first of all'}                       | ${1}       | ${0}               | ${'browser/1'} | ${'reused'}
  ${'an old one after the last day'}          | ${3}       | ${IDLE_MS_MAX}     | ${'browser/1'} | ${'expired'}
`('$story: $verdict', ({ generation, after, agent, verdict }) => {
  expect(decideRefresh(family(), { generation, userAgent: agent, at: instant(NOW + after) })).toBe(verdict);
});

test.each([5, 4, 3])('an ended family answers generation %s with nothing but its end', (generation) => {
  const ended = family({ endedAt: instant(NOW) });
  expect(decideRefresh(ended, { generation, userAgent: 'browser/1', at: instant(NOW) })).toBe('expired');
});

test('use prolongs a session by its idle time, up to its last day', () => {
  expect(refreshExpiry(instant(0), instant(1_000))).toBe(1_000 + IDLE_MS_MAX);
  expect(refreshExpiry(instant(0), instant(SESSION_MS_MAX - 5))).toBe(SESSION_MS_MAX);
});

test('an address is one account in upper and lower case', () => {
  expect(emailKeyOf('Ann.O@Example.COM')).toBe('ann.o@example.com');
});
