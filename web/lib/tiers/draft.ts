import type { Template, Tier } from '../contract';

/** A value in JSON, and the way to one inside it: `['phases', 0, 'rules', 'startingUsd']`. */
export type Path = readonly (string | number)[];

/**
 * A tier before it is published. The text is the one truth: form and words read what stands in it, and a change in
 * the form is one of the text. `data` is the text's value, or that of before while nobody can read it.
 */
export type Draft = {
  readonly slug: string;
  readonly text: string;
  readonly data: unknown;
  /** Why the text is no JSON, in the words of whoever read it. */
  readonly unreadable: string | undefined;
};

/** A template is a program without a price; a change of a tier begins with all that it is. */
export function draftOf(from: Tier | Template): Draft {
  const { slug, name, retries, resetPriceUsd, phases } = from;
  const priceUsd = 'priceUsd' in from ? from.priceUsd : '';
  return formatted(slug, { name, priceUsd, retries, resetPriceUsd, phases });
}

const formatted = (slug: string, data: unknown): Draft => ({
  slug,
  text: jsonText(data),
  data,
  unreadable: undefined,
});

const jsonText = (data: unknown): string => JSON.stringify(data, null, 2);

/** The draft after somebody typed in its text. */
export function withText(draft: Draft, text: string): Draft {
  try {
    return { ...draft, text, data: JSON.parse(text), unreadable: undefined };
  } catch (error) {
    return { ...draft, text, unreadable: error instanceof Error ? error.message : 'must be JSON' };
  }
}

/** A text that can be read in the form in which places are found in it. */
export const tidied = (draft: Draft): Draft =>
  draft.unreadable === undefined ? formatted(draft.slug, draft.data) : draft;

/** The draft with another value there; a way that leads nowhere changes nothing. */
export const withValue = (draft: Draft, path: Path, value: unknown): Draft =>
  formatted(
    draft.slug,
    changed(draft.data, path, () => value),
  );

function changed(data: unknown, [step, ...rest]: Path, change: (value: unknown) => unknown): unknown {
  if (step === undefined) return change(data);
  if (!isContainer(data)) return data;
  if (!Array.isArray(data)) return { ...data, [step]: changed(data[step], rest, change) };
  return data.map((each, index) => (index === step ? changed(each, rest, change) : each));
}

export function draftName({ data }: Draft): string {
  const name = valueAt(data, ['name']);
  return typeof name === 'string' && name !== '' ? name : 'a tier without a name';
}

/** Undefined where nothing stands there. */
export const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, step) => (isContainer(value) ? value[step] : undefined), data);

type Container = { readonly [step: string | number]: unknown };

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** The way to the field that a fault names: `phases[0].rules.dailyLoss.width`. */
export const pathOf = (field: string): Path =>
  field
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** The way as a fault names it. */
export const fieldOf = (path: Path): string =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${step}`)).join('');

export type Span = { readonly from: number; readonly to: number };

/** Where a value stands in a tidied text; of one that is missing, where that stands which it should be in. */
export function spanAt(data: unknown, path: Path): Span {
  if (path.length > 0 && valueAt(data, path) === undefined) return spanAt(data, path.slice(0, -1));
  const text = jsonText(data);
  const mark = JSON.stringify(unusedIn(text));
  const marked = jsonText(changed(data, path, () => JSON.parse(mark)));
  const from = marked.indexOf(mark);
  return { from, to: text.length - (marked.length - from - mark.length) };
}

const unusedIn = (text: string, mark = '#'): string => (text.includes(mark) ? unusedIn(text, `${mark}#`) : mark);

/** Lines count from 1. */
export const lineAt = (text: string, { from }: Span): number => text.slice(0, from).split('\n').length;
