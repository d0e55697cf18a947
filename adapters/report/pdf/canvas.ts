import type { Paint, Point } from '../drawing';
import { type Weight, widthOf } from './helvetica';
import { encoded } from './windows-1252';

export type Align = 'left' | 'right' | 'middle';

export type TextStyle = {
  readonly size: number;
  readonly color: string;
  readonly weight?: Weight;
  readonly align?: Align;
};

/** One page being drawn. Points are measured from the top left corner, as on a screen; PDF counts from the bottom. */
export class Canvas {
  readonly #operators: string[] = [];

  constructor(
    readonly width: number,
    readonly height: number,
  ) {}

  text(at: Point, value: string, { size, color, weight = 'regular', align = 'left' }: TextStyle): void {
    const codes = encoded(value);
    const width = widthOf(codes, weight, size);
    const x = at.x - (align === 'right' ? width : align === 'middle' ? width / 2 : 0);
    const hex = Buffer.from(codes).toString('hex');
    const font = weight === 'bold' ? 'F2' : 'F1';
    this.#draw(`BT ${rgb(color)} rg /${font} ${size} Tf ${num(x)} ${num(this.height - at.y)} Td <${hex}> Tj ET`);
  }

  rect(at: Point, width: number, height: number, fill: string): void {
    this.#draw(`${rgb(fill)} rg ${num(at.x)} ${num(this.height - at.y - height)} ${num(width)} ${num(height)} re f`);
  }

  path(points: readonly Point[], paint: Paint, fillColor: string | undefined, strokeColor: string | undefined): void {
    const steps = points.map(({ x, y }, n) => `${num(x)} ${num(this.height - y)} ${n === 0 ? 'm' : 'l'}`).join(' ');
    const dash = `[${(paint.dash ?? []).join(' ')}] 0 d`;
    const pen = strokeColor === undefined ? '' : `${rgb(strokeColor)} RG ${num(paint.width)} w ${dash} 1 j `;
    const brush = fillColor === undefined ? '' : `${rgb(fillColor)} rg `;
    const finish = fillColor === undefined ? 'S' : strokeColor === undefined ? 'h f' : 'h B';
    this.#draw(`${pen}${brush}${steps} ${finish}`);
  }

  content(): string {
    return this.#operators.join('\n');
  }

  #draw(operator: string): void {
    this.#operators.push(operator);
  }
}

export const textWidth = (value: string, size: number, weight: Weight = 'regular'): number =>
  widthOf(encoded(value), weight, size);

/** Breaks text into lines no wider than `width`; a word that is wider alone is broken where it must be. */
export function wrapped(value: string, width: number, size: number, weight: Weight = 'regular'): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of value.split(' ').flatMap((long) => pieces(long, width, size, weight))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer, size, weight) <= width) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

function pieces(word: string, width: number, size: number, weight: Weight): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part !== '' && textWidth(part + character, size, weight) > width) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

const num = (value: number): string => String(Math.round(value * 100) / 100);

/** `#rrggbb` as three fractions. */
const rgb = (color: string): string =>
  [1, 3, 5].map((from) => num(Number.parseInt(color.slice(from, from + 2), 16) / 255)).join(' ');
