import type { AccountId } from '../../domain/kernel/ids';

const PAGE = 500;

/** Everything that is read in pages by account id, one after another. */
export async function* inPages<T>(
  read: (after: AccountId | undefined, limit: number) => Promise<readonly T[]>,
  idOf: (one: T) => AccountId,
): AsyncGenerator<T> {
  let last: T | undefined;
  do {
    const page = await read(last === undefined ? undefined : idOf(last), PAGE);
    yield* page;
    last = page.length < PAGE ? undefined : page.at(-1);
  } while (last !== undefined);
}
