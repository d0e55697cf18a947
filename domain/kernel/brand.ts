declare const brand: unique symbol;

/** A type that shares its runtime form with `Base` but cannot be mixed with another brand by accident. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
