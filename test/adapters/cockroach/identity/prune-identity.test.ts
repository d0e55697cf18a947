import { randomUUID } from 'node:crypto';
import type { Database } from '../../../../adapters/cockroach/connection/database';
import { makeIdentityStore } from '../../../../adapters/cockroach/identity/identity-store';
import { makeKnownDevices } from '../../../../adapters/cockroach/identity/known-devices';
import { pruneIdentity } from '../../../../adapters/cockroach/identity/prune-identity';
import { makeRegistrationStore } from '../../../../adapters/cockroach/identity/registration-store';
import { makeSessionStore } from '../../../../adapters/cockroach/identity/session-store';
import { idOf, type RegistrationId, type SessionId, type UserId } from '../../../../domain/kernel/ids';
import { DAY_MS, instant, plusMs } from '../../../../domain/kernel/instant';
import { migratedDatabase } from '../test-database';
import { mailRequested } from './mail-requested';

const NOW = instant(1_764_000_000_000);
const LATER = plusMs(NOW, 60_000);

describe('pruning', () => {
  let database: Database;
  beforeAll(async () => {
    database = await migratedDatabase(2);
  });
  afterAll(() => database.close());

  test('deletes unconfirmed registrations, links and devices in time, and sessions a month later with their tokens', async () => {
    const sessions = makeSessionStore(database);
    const registrations = makeRegistrationStore(database);
    const at = NOW;
    const userId = idOf<UserId>(randomUUID());
    const passwordHash = 'h';
    const add = async (email: string, tokenHash: string) => {
      const registrationId = idOf<RegistrationId>(randomUUID());
      const waiting = {
        registrationId,
        email,
        emailKey: email,
        displayName: 'Ann',
        passwordHash,
        at,
        expiresAt: LATER,
      };
      await registrations.add(waiting, mailRequested(NOW));
      await registrations.link(registrationId, { tokenHash, expiresAt: LATER }, NOW);
    };
    await add('a@b.c', 't');
    await registrations.confirm('t', { userId, displayName: 'Ann', passwordHash, roles: ['trader'] }, NOW);
    await add('nobody@b.c', 'u');
    await makeIdentityStore(database).putReset(userId, { tokenHash: 'r', expiresAt: LATER });
    await makeKnownDevices(database).remember(userId, 'd', LATER);
    for (const expiresAt of [LATER, plusMs(LATER, DAY_MS)]) {
      const [sessionId, tokenHash] = [idOf<SessionId>(randomUUID()), randomUUID()];
      await sessions.open({ sessionId, userId, passwordHash, tokenHash, userAgent: '', at, expiresAt });
    }
    const nothing = { registrations: 0, passwordResets: 0, knownDevices: 0, refreshTokens: 0, sessions: 0 };
    const month = 30 * DAY_MS;
    expect(await pruneIdentity(database, LATER)).toEqual(nothing);
    const links = { ...nothing, registrations: 1, passwordResets: 1, knownDevices: 1 };
    expect(await pruneIdentity(database, plusMs(LATER, 1))).toEqual(links);
    const late = plusMs(LATER, month + 1);
    expect(await pruneIdentity(database, late)).toEqual({ ...nothing, refreshTokens: 1, sessions: 1 });
    expect(await pruneIdentity(database, late)).toEqual(nothing);
  });
});
