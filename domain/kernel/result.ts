/** Which field of the command is at fault, and the rule that it broke, in words a trader understands. */
export type Fault = { readonly field: string; readonly rule: string };

/** An expected "no" is a value of a closed union; it may name the field and the rule that said no. */
export type Refused<Refusal extends string> = {
  readonly ok: false;
  readonly refusal: Refusal;
  readonly fault?: Fault;
};

export type Result<T, Refusal extends string> = { readonly ok: true; readonly value: T } | Refused<Refusal>;

export const accept = <T>(value: T) => ({ ok: true, value }) as const;

export const refuse = <Refusal extends string>(refusal: Refusal, field?: string, rule?: string): Refused<Refusal> =>
  field === undefined || rule === undefined ? { ok: false, refusal } : { ok: false, refusal, fault: { field, rule } };
