import { makeUserReader } from '../../adapters/cockroach/identity/user-reader';
import type { UserId } from '../../domain/kernel/ids';
import { functionDatabase } from '../database';
import { lazy } from '../lazy';

const identities = lazy(async () => makeUserReader(await functionDatabase()));

export const findUser = async (userId: UserId) => (await identities()).find(userId);
