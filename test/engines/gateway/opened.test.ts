import type { Envelope } from '../../../contracts/topics/envelope';
import { serverMessage } from '../../../contracts/ws/messages';
import { idOf } from '../../../domain/kernel/ids';
import { parseUsd, type Usd } from '../../../domain/kernel/money';
import { accountEvent, accountOf, userOf, World } from './gateway-harness';

/** The second phase of user 1's program was opened in account 7. */
const opened = (): Envelope => {
  const { data: _data, type: _type, ...head } = accountEvent(7, 1);
  return {
    ...head,
    type: 'assessment.created',
    data: {
      accountId: accountOf(7),
      assessmentId: idOf('00000005-0000-7000-8000-000000000007'),
      userId: userOf(1),
      tierId: idOf('00000008-0000-7000-8000-000000000001'),
      tierName: 'Master 100K',
      ruleSetVersion: 1,
      ruleSetHash: 'ab',
      startingUsd: parseUsd('100000') as Usd,
      phase: 2,
      phases: 2,
      attempt: 1,
    },
  };
};

/** Goal: the trader of an account that has just been opened hears of it, and nobody else does. */
test('every connection of the trader is told of a new assessment, whatever it follows', async () => {
  const world = new World();
  const [one, other, stranger] = [await world.connect(), await world.connect(), await world.connect(2)];
  world.gateway.onEvent(opened());
  const told = {
    type: 'assessment-opened',
    n: 2,
    accountId: accountOf(7),
    assessmentId: '00000005-0000-7000-8000-000000000007',
    tierName: 'Master 100K',
    phase: 2,
    phases: 2,
    attempt: 1,
  };
  for (const { socket } of [one, other]) {
    expect(socket.got.slice(1)).toEqual([told]);
    expect(serverMessage.safeParse(socket.got[1]).success).toBe(true);
  }
  expect(stranger.socket.got).toHaveLength(1);
});

test('one that reads too slowly is closed, the others are told', async () => {
  const world = new World();
  const [slow, other] = [await world.connect(), await world.connect()];
  slow.socket.backlog = 2 ** 30;
  world.gateway.onEvent(opened());
  expect([slow.socket.closedWith, slow.socket.got.length]).toEqual([4408, 1]);
  expect(other.socket.ofType('assessment-opened')).toHaveLength(1);
});
