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
