/**
 * A named, prepared statement. Every one is an exported constant of a `*.sql.ts` file, where `npm run check:sql` finds
 * it and parses it with CockroachDB's grammar. `Row` is what one row of its answer looks like.
 */
export type Statement<Row> = {
  readonly name: string;
  readonly text: string;
  /** Carries the row's type; never set. */
  readonly row?: Row;
};

/** A piece that several statements share, such as a list of columns. */
export type Fragment = { readonly fragment: string };

export const fragment = (strings: TemplateStringsArray, ...parts: readonly Fragment[]): Fragment => ({
  fragment: String.raw({ raw: strings }, ...parts.map((part) => part.fragment)),
});

/**
 * Declares a statement: ``export const findUser = sql<UserRow>('find_user')`SELECT … WHERE user_id = $1` ``.
 * Only fragments can stand in it, never a value: a value is a parameter, or it does not compile.
 */
export const sql =
  <Row>(name: string) =>
  (strings: TemplateStringsArray, ...parts: readonly Fragment[]): Statement<Row> => ({
    name,
    text: fragment(strings, ...parts).fragment,
  });

/** A statement that returns nothing, with its parameters. */
export type Call = { readonly statement: Statement<never>; readonly values: readonly unknown[] };
