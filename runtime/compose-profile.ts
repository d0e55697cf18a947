import { makeIdentityStore } from '../adapters/cockroach/identity/identity-store';
import type { UserId } from '../domain/kernel/ids';
import { functionDatabase } from './database';
import { lazy } from './lazy';

const identities = lazy(async () => makeIdentityStore(await functionDatabase()));

export const findUser = async (userId: UserId) => (await identities()).find(userId);
