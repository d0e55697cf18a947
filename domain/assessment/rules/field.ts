import type { InstrumentId } from '../../kernel/ids';
import type { Ppm, Qty, Usd } from '../../kernel/money';

/** What the values of one field have to be beyond their kind, in the words in which a publisher is told. */
export type Bound<Value> = { readonly rule: string; readonly holds: (value: Value) => boolean };

/** Dollars, units, a share in parts per million, a yes or no, an instrument. */
type Scalar<Kind extends keyof Scalars> = { readonly kind: Kind };
/**
 * A multiple, in parts per million: 2.5 is two and a half times. A number on a wire, and read only within these
 * ends.
 */
type Times = { readonly kind: 'times'; readonly least: number; readonly most: number };
/** A whole number from `least` to `most`: what lies beyond is not read at all. */
type Whole = { readonly kind: 'whole'; readonly least: number; readonly most: number };
type Text = { readonly kind: 'text'; readonly least: number; readonly most: number };
/** Text of one shape, and the rule that is told where it has another. */
type Shaped = { readonly kind: 'shaped'; readonly shape: RegExp; readonly rule: string };
type Choice<Name> = { readonly kind: 'choice'; readonly names: readonly [Name, ...Name[]] };
type Nullable<Of> = { readonly kind: 'nullable'; readonly of: Of };
type List<Of> = { readonly kind: 'list'; readonly of: Of; readonly most: number };
/** Fields in the order in which they are hashed. */
type Group<Fields> = { readonly kind: 'group'; readonly fields: Fields };
/** One of several groups, told apart by their field `kind`, which has the group's name. */
type OneOf<Groups> = { readonly kind: 'one_of'; readonly groups: Groups };

type Shape =
  | Scalar<'usd'>
  | Scalar<'qty'>
  | Scalar<'share'>
  | Scalar<'flag'>
  | Scalar<'instrument'>
  | Times
  | Whole
  | Text
  | Shaped
  | Choice<string>
  | { readonly kind: 'nullable'; readonly of: Field }
  | { readonly kind: 'list'; readonly of: Field; readonly most: number }
  | Group<FieldsByName>
  | OneOf<GroupsByName>;

type FieldsByName = { readonly [name: string]: Field };
type GroupsByName = { readonly [name: string]: Group<FieldsByName> };

/**
 * The description of one parameter: its type, its canonical bytes and its schema on a wire follow from it. `absent` is
 * what a rule set says that was written before the parameter was there: whoever says just that leaves it out of the
 * bytes, so that what was kept keeps its hash.
 */
export type Field = Shape & { readonly bounds?: readonly Bound<never>[]; readonly absent?: Unasked };

/** Values that ask for nothing, the same in this program and on a wire. */
export type Unasked = string | number | boolean | null | readonly never[];

type Scalars = {
  readonly usd: Usd;
  readonly qty: Qty;
  readonly share: Ppm;
  readonly times: Ppm;
  readonly flag: boolean;
  readonly instrument: InstrumentId;
};
type ScalarForms = {
  readonly usd: string;
  readonly qty: string;
  readonly share: string;
  readonly times: number;
  readonly flag: boolean;
  readonly instrument: string;
};

/** What a field holds in this program. A group's comments on its fields are those of the type. */
export type ValueOf<F> = Described<F, Scalars>;
/** The form of a value in JSON: decimals are text. */
export type FormOf<F> = Described<F, ScalarForms>;

type Described<F, S extends Record<keyof Scalars, unknown>> =
  F extends Scalar<infer Kind>
    ? S[Kind]
    : F extends Times
      ? S['times']
      : F extends Whole
        ? number
        : F extends Text | Shaped
          ? string
          : F extends Choice<infer Name>
            ? Name
            : F extends Nullable<infer Of>
              ? Described<Of, S> | null
              : F extends List<infer Of>
                ? readonly Described<Of, S>[]
                : F extends OneOf<infer Groups>
                  ? Described<Groups[keyof Groups], S>
                  : F extends Group<infer Fields>
                    ? { readonly [Name in keyof Fields]: Described<Fields[Name], S> }
                    : never;

export const USD: Scalar<'usd'> = { kind: 'usd' };
export const QTY: Scalar<'qty'> = { kind: 'qty' };
export const SHARE: Scalar<'share'> = { kind: 'share' };
export const FLAG: Scalar<'flag'> = { kind: 'flag' };
export const INSTRUMENT: Scalar<'instrument'> = { kind: 'instrument' };

export const times = (least: number, most: number): Times => ({ kind: 'times', least, most });
export const whole = (least: number, most: number): Whole => ({ kind: 'whole', least, most });
export const text = (least: number, most: number): Text => ({ kind: 'text', least, most });
export const shaped = (shape: RegExp, rule: string): Shaped => ({ kind: 'shaped', shape, rule });
export const choice = <const Name extends string>(...names: readonly [Name, ...Name[]]): Choice<Name> => ({
  kind: 'choice',
  names,
});
export const nullable = <Of extends Field>(of: Of): Nullable<Of> => ({ kind: 'nullable', of });
export const list = <Of extends Field>(of: Of, most: number): List<Of> => ({ kind: 'list', of, most });
export const group = <Fields extends FieldsByName>(fields: Fields): Group<Fields> => ({ kind: 'group', fields });
export const oneOf = <Groups extends GroupsByName>(groups: Groups): OneOf<Groups> => ({ kind: 'one_of', groups });

/** A field whose values have to keep these bounds as well; the first that does not hold is named. */
export const bounded = <F extends Field>(field: F, ...bounds: readonly Bound<ValueOf<F>>[]): F => ({
  ...field,
  bounds,
});

/** A field that rule sets of before may lack: they ask for nothing by it. */
export const added = <F extends Field>(field: F, absent: Unasked): F => ({
  ...field,
  absent,
});
