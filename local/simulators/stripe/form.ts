/** A decoded form: Stripe's API takes `line_items[0][price_data][unit_amount]=9900`. */
export type Form = { readonly [key: string]: FormValue };
export type FormValue = string | Form;

/** Reads nested keys into objects; the indexes of lists are keys like any other. */
export function readForm(body: string): Form {
  const root: Record<string, FormValue> = Object.create(null);
  for (const [path, value] of new URLSearchParams(body)) {
    const keys = path.split(/\[|\]\[|\]/).filter((key) => key !== '');
    let at = root;
    for (const key of keys.slice(0, -1)) {
      const next = at[key];
      const inner: Record<string, FormValue> = typeof next === 'object' ? next : Object.create(null);
      at[key] = inner;
      at = inner;
    }
    const last = keys.at(-1);
    if (last !== undefined) at[last] = value;
  }
  return root;
}

export const textAt = (form: Form, ...path: readonly string[]): string | undefined => {
  const value = path.reduce<FormValue | undefined>(
    (inner, key) => (typeof inner === 'object' ? inner[key] : undefined),
    form,
  );
  return typeof value === 'string' ? value : undefined;
};

/** The entries of a list, or of a map such as `metadata`, as plain texts. */
export const mapAt = (form: Form, key: string): Readonly<Record<string, string>> => {
  const value = form[key];
  if (typeof value !== 'object') return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  );
};
