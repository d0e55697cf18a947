export type Point = { readonly x: number; readonly y: number };

/** What a line or a word is for; each format gives the role its color. */
export type Role = 'ink' | 'muted' | 'grid' | 'equity' | 'wash' | 'floor' | 'daily' | 'target' | 'loss' | 'lossWash';

export type Paint = {
  readonly stroke?: Role;
  readonly fill?: Role;
  readonly width: number;
  readonly dash?: readonly number[];
};

export type Mark =
  | { readonly kind: 'path'; readonly points: readonly Point[]; readonly paint: Paint }
  | {
      readonly kind: 'label';
      readonly at: Point;
      readonly text: string;
      readonly role: Role;
      readonly align: 'left' | 'right' | 'middle';
    };

/** A picture made once and shown twice: as SVG in the page, as path operators in the PDF. */
export type Drawing = {
  readonly width: number;
  readonly height: number;
  /** What it shows, for those who cannot see it. */
  readonly description: string;
  readonly marks: readonly Mark[];
};

export const LABEL_SIZE = 12;

export const path = (points: readonly Point[], paint: Paint): Mark => ({ kind: 'path', points, paint });

export const label = (at: Point, text: string, role: Role, align: 'left' | 'right' | 'middle'): Mark => ({
  kind: 'label',
  at,
  text,
  role,
  align,
});
