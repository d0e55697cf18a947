import type { Drawing } from './drawing';

export type Tone = 'good' | 'bad' | 'plain';

export type Column = { readonly label: string; readonly align: 'left' | 'right' };
export type Cell = { readonly text: string; readonly tone?: Tone };
export type Fact = { readonly label: string; readonly value: string; readonly tone?: Tone };

/** What a report is made of. Each format walks the same list, so both say the same. */
export type Block =
  | { readonly kind: 'section'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'tiles'; readonly facts: readonly Fact[] }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'chart'; readonly drawing: Drawing }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly Cell[])[] };

export type Page = {
  readonly title: string;
  readonly subtitle: string;
  /** Whose report it is, as that person writes it. */
  readonly holder: string | null;
  /** The verdict in a word and in a sentence. */
  readonly verdict: { readonly word: string; readonly sentence: string; readonly tone: Tone };
  readonly blocks: readonly Block[];
  readonly footer: string;
};

export const left = (label: string): Column => ({ label, align: 'left' });
export const right = (label: string): Column => ({ label, align: 'right' });
export const cell = (text: string, tone?: Tone): Cell => (tone ? { text, tone } : { text });
