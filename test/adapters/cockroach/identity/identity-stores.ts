import { makeOutbox } from '../../../../adapters/cockroach/events/outbox-store';
import { makeIdentityStore } from '../../../../adapters/cockroach/identity/identity-store';
import { makeKnownDevices } from '../../../../adapters/cockroach/identity/known-devices';
import { makeMailRequests } from '../../../../adapters/cockroach/identity/mail-requests';
import { makeRegistrationStore } from '../../../../adapters/cockroach/identity/registration-store';
import { makeSessionStore } from '../../../../adapters/cockroach/identity/session-store';
import {
  identityWorld,
  memoryIdentityStore,
  memoryKnownDevices,
  memoryMailRequests,
} from '../../../fakes/memory-identity';
import { memoryRegistrationStore } from '../../../fakes/memory-registrations';
import { memorySessionStore } from '../../../fakes/memory-sessions';
import { migratedDatabase } from '../test-database';

/** Everything that keeps people, in both kinds. */
export const IDENTITY_STORES = [
  [
    'in memory',
    async () => {
      const world = identityWorld();
      return {
        identities: memoryIdentityStore(world),
        registrations: memoryRegistrationStore(world),
        devices: memoryKnownDevices(world),
        mails: memoryMailRequests(world),
        sessions: memorySessionStore(world),
        messages: async () => world.messages.map(({ eventId }) => eventId),
        close: async () => undefined,
      };
    },
  ],
  [
    'in the database',
    async () => {
      const database = await migratedDatabase(8);
      const outbox = makeOutbox(database);
      return {
        identities: makeIdentityStore(database),
        registrations: makeRegistrationStore(database),
        devices: makeKnownDevices(database),
        mails: makeMailRequests(database),
        sessions: makeSessionStore(database),
        messages: async () => (await outbox.unsent(1_000)).map(({ eventId }) => eventId),
        close: database.close,
      };
    },
  ],
] as const;
