/** Page after page of what is read by rising id, none of them empty, until one is not full. */
export async function* pages<Id extends string>(
  size: number,
  read: (after: Id | undefined, limit: number) => Promise<readonly Id[]>,
): AsyncGenerator<readonly Id[]> {
  let after: Id | undefined;
  do {
    const page = await read(after, size);
    if (page.length > 0) yield page;
    after = page.length < size ? undefined : page.at(-1);
  } while (after !== undefined);
}
