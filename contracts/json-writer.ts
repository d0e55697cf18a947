import * as z from 'zod';

type Write = (value: unknown) => string;

/** The field with its name, and the comma before all but the first. */
type Field = { readonly name: string; readonly lead: string; readonly next: string; readonly write: Write };

const asIs: Write = (value) => JSON.stringify(value);

/**
 * Writes a value as JSON, saying what `JSON.stringify(z.encode(schema, value))` says without checking again what the
 * compiler has checked: decimals become text, fields that the contract does not name are left out. Made once for each
 * schema, because every order writes two events and every quote one; no object is built on the way.
 */
export function jsonWriter(schema: z.ZodType): Write {
  if (schema instanceof z.ZodCodec) {
    const { reverseTransform } = schema.def;
    return (value) => JSON.stringify(reverseTransform(value as never, { value, issues: [] } as never));
  }
  if (schema instanceof z.ZodNullable) {
    const inner = jsonWriter(schema.unwrap() as z.ZodType);
    return (value) => (value === null ? 'null' : inner(value));
  }
  // A field that is absent is never asked for: only one that is there is written.
  if (schema instanceof z.ZodOptional) return jsonWriter(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodReadonly) return jsonWriter(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodDiscriminatedUnion) return variantWriter(schema);
  if (schema instanceof z.ZodArray) {
    const item = jsonWriter(schema.element as z.ZodType);
    return (value) => `[${(value as readonly unknown[]).map(item).join(',')}]`;
  }
  return schema instanceof z.ZodObject ? objectWriter(schema) : asIs;
}

function objectWriter({ shape }: z.ZodObject): Write {
  const fields: readonly Field[] = Object.entries(shape).map(([name, field]) => {
    const lead = `${JSON.stringify(name)}:`;
    return { name, lead, next: `,${lead}`, write: jsonWriter(field as z.ZodType) };
  });
  return (value) => {
    let text = '';
    for (const { name, lead, next, write } of fields) {
      const given = (value as Readonly<Record<string, unknown>>)[name];
      if (given !== undefined) text += (text === '' ? lead : next) + write(given);
    }
    return `{${text}}`;
  };
}

/** Each variant by the literal of its discriminator. */
function variantWriter({ def }: z.ZodDiscriminatedUnion): Write {
  const variants = new Map<unknown, Write>();
  for (const option of def.options) {
    if (!(option instanceof z.ZodObject)) throw new Error('invariant: a variant is an object');
    const literal: unknown = option.shape[def.discriminator];
    if (!(literal instanceof z.ZodLiteral)) throw new Error(`invariant: ${def.discriminator} is a literal`);
    for (const value of literal.values) variants.set(value, jsonWriter(option));
  }
  return (value) => {
    const write = variants.get((value as Readonly<Record<string, unknown>>)[def.discriminator]);
    if (!write) throw new Error(`invariant: ${def.discriminator} names no variant`);
    return write(value);
  };
}
