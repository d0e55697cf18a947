import { isoText } from '../../../domain/kernel/instant';
import type { KnownDevices } from '../../../usecases/ports/identity/known-devices';
import type { Database } from '../connection/database';
import { findDevice, rememberDevice } from './known-devices.sql';

export const makeKnownDevices = (database: Database): KnownDevices => ({
  isKnown: async (emailKey, tokenHash, at) =>
    (await database.query(findDevice, [emailKey, tokenHash, isoText(at)])).length > 0,
  remember: async (userId, tokenHash, expiresAt) => {
    await database.query(rememberDevice, [userId, tokenHash, isoText(expiresAt)]);
  },
});
