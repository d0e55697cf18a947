import type { Instant } from '../../domain/kernel/instant';
import type { RegistrationStore } from '../../usecases/ports/identity/registration-store';
import { type IdentityWorld, userByKey } from './memory-identity';

export function memoryRegistrationStore(world: IdentityWorld): RegistrationStore {
  const linked = (tokenHash: string, at: Instant) =>
    world.registrations.find((one) => one.tokenHash === tokenHash && one.expiresAt > at);
  return {
    add: async (registration, mail) => {
      if (userByKey(world, registration.emailKey)) return 'exists';
      world.registrations.push({ ...registration, tokenHash: null });
      world.messages.push(mail);
      return 'added';
    },
    repeat: async (emailKey, copy, mail) => {
      const waiting = world.registrations.filter((one) => one.emailKey === emailKey && one.expiresAt > copy.at);
      const newest = waiting.sort((one, other) => other.at - one.at)[0];
      if (!newest) return false;
      world.registrations.push({ ...newest, ...copy, tokenHash: null });
      world.messages.push(mail);
      return true;
    },
    link: async (id, token, at) => {
      const found = world.registrations.find((one) => one.registrationId === id && one.expiresAt > at);
      return found && Object.assign(found, token).email;
    },
    findByToken: async (tokenHash, at) => {
      const found = linked(tokenHash, at);
      if (!found) return undefined;
      const { registrationId, email, displayName, passwordHash } = found;
      return { registrationId, email, displayName, passwordHash };
    },
    confirm: async (tokenHash, user, at) => {
      const found = linked(tokenHash, at);
      if (!found || userByKey(world, found.emailKey)) return false;
      const { email, emailKey } = found;
      world.registrations = world.registrations.filter((one) => one.emailKey !== emailKey);
      world.users.set(user.userId, { ...user, email, emailKey });
      return true;
    },
  };
}
