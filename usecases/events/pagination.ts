const PAGE = 500;

type Read<T, Id> = (after: Id | undefined, limit: number) => Promise<readonly T[]>;

/** Everything that is read in pages by rising id, one after another. */
export async function* inPages<T, Id extends string>(read: Read<T, Id>, idOf: (one: T) => Id): AsyncGenerator<T> {
  for await (const page of pagesOf(PAGE, read, idOf)) yield* page;
}

/** Reads page by page, none of them empty, until one is not full. */
export async function* pagesOf<T, Id extends string>(
  size: number,
  read: Read<T, Id>,
  idOf: (one: T) => Id,
): AsyncGenerator<readonly T[]> {
  let last: T | undefined;
  do {
    const page = await read(last === undefined ? undefined : idOf(last), size);
    if (page.length > 0) yield page;
    last = page.length < size ? undefined : page.at(-1);
  } while (last !== undefined);
}
