import * as z from 'zod';

type Encode = (value: unknown) => unknown;

const asIs: Encode = (value) => value;

/**
 * What `z.encode` does, without checking again what the compiler has checked: decimals become text, fields that the
 * contract does not name are left out. Made once per schema, because every order encodes two events.
 */
export function encoderOf(schema: z.ZodType): Encode {
  if (schema instanceof z.ZodCodec) {
    const { reverseTransform } = schema.def;
    return (value) => reverseTransform(value as never, { value, issues: [] } as never);
  }
  if (schema instanceof z.ZodNullable) {
    const inner = encoderOf(schema.unwrap() as z.ZodType);
    return (value) => (value === null ? null : inner(value));
  }
  // A field that is absent is never asked for: only one that is there is encoded.
  if (schema instanceof z.ZodOptional) return encoderOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodDiscriminatedUnion) return variantEncoder(schema);
  if (schema instanceof z.ZodArray) {
    const item = encoderOf(schema.element as z.ZodType);
    return (value) => (value as readonly unknown[]).map(item);
  }
  if (!(schema instanceof z.ZodObject)) return asIs;
  const fields = Object.entries(schema.shape).map(([name, field]) => [name, encoderOf(field as z.ZodType)] as const);
  return (value) => {
    const encoded: Record<string, unknown> = {};
    for (const [name, encode] of fields) {
      const given = (value as Readonly<Record<string, unknown>>)[name];
      if (given !== undefined) encoded[name] = encode(given);
    }
    return encoded;
  };
}

/** Each variant by the literal of its discriminator. */
function variantEncoder({ def }: z.ZodDiscriminatedUnion): Encode {
  const variants = new Map<unknown, Encode>();
  for (const option of def.options) {
    if (!(option instanceof z.ZodObject)) throw new Error('invariant: a variant is an object');
    const literal: unknown = option.shape[def.discriminator];
    if (!(literal instanceof z.ZodLiteral)) throw new Error(`invariant: ${def.discriminator} is a literal`);
    for (const value of literal.values) variants.set(value, encoderOf(option));
  }
  return (value) => {
    const encode = variants.get((value as Readonly<Record<string, unknown>>)[def.discriminator]);
    if (!encode) throw new Error(`invariant: ${def.discriminator} names no variant`);
    return encode(value);
  };
}
