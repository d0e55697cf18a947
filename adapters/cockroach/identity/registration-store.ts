import { isoText } from '../../../domain/kernel/instant';
import type { RegistrationStore } from '../../../usecases/ports/identity/registration-store';
import type { Database } from '../connection/database';
import { outboxColumns } from '../events/outbox-columns';
import {
  addRegistration,
  confirmRegistration,
  findRegistration,
  linkRegistration,
  repeatRegistration,
} from './registration.sql';

export const makeRegistrationStore = (database: Database): RegistrationStore => ({
  add: async ({ registrationId, email, emailKey, displayName, passwordHash, at, expiresAt }, mail) => {
    const added = await database.query(addRegistration, [
      registrationId,
      email,
      emailKey,
      displayName,
      passwordHash,
      isoText(at),
      isoText(expiresAt),
      ...outboxColumns([mail]),
    ]);
    return added.length > 0 ? 'added' : 'exists';
  },
  repeat: async (emailKey, { registrationId, at, expiresAt }, mail) => {
    const values = [emailKey, registrationId, isoText(at), isoText(expiresAt), ...outboxColumns([mail])];
    return (await database.query(repeatRegistration, values)).length > 0;
  },
  link: async (id, { tokenHash, expiresAt }, at) => {
    const [row] = await database.query(linkRegistration, [id, tokenHash, isoText(expiresAt), isoText(at)]);
    return row?.email;
  },
  findByToken: async (tokenHash, at) => {
    const [row] = await database.query(findRegistration, [tokenHash, isoText(at)]);
    if (!row) return undefined;
    const { registration_id, email, display_name, password_hash } = row;
    return { registrationId: registration_id, email, displayName: display_name, passwordHash: password_hash };
  },
  confirm: async (tokenHash, { userId, displayName, passwordHash, roles }, at) => {
    const values = [tokenHash, isoText(at), userId, displayName, passwordHash, roles];
    return (await database.query(confirmRegistration, values)).length > 0;
  },
});
