import type { Cell, Column } from '../block';
import { LIGHT } from '../palette';
import { type TextStyle, textWidth } from './canvas';
import { CONTENT_WIDTH, type Layout, MARGIN } from './layout';
import { colorOf } from './tone';

type Rows = readonly (readonly Cell[])[];

const ROW_HEIGHT = 15;
const GAP = 8;
const SIZES = [8.5, 8, 7.5, 7, 6.5, 6] as const;

export const TABLE_HEAD_HEIGHT = 18;

type Slot = { readonly column: Column; readonly x: number; readonly width: number };

/** As wide as the page; the head is repeated on every page that the table reaches. */
export function drawTable(layout: Layout, columns: readonly Column[], rows: Rows): void {
  const size = SIZES.find((one) => sum(natural(columns, rows, one)) <= CONTENT_WIDTH) ?? SIZES[SIZES.length - 1] ?? 6;
  const slots = slotsOf(columns, natural(columns, rows, size));
  layout.y += 4;
  layout.reserve(TABLE_HEAD_HEIGHT + ROW_HEIGHT);
  drawHead(layout, slots, size);
  for (const row of rows) {
    if (layout.reserve(ROW_HEIGHT)) drawHead(layout, slots, size);
    row.forEach((cell, n) => {
      drawCell(layout, slots[n], cell.text, { size, color: colorOf(cell.tone) });
    });
    layout.canvas.rect({ x: MARGIN, y: layout.y + ROW_HEIGHT - 0.6 }, CONTENT_WIDTH, 0.5, LIGHT.grid);
    layout.y += ROW_HEIGHT;
  }
  layout.y += 6;
}

function drawHead(layout: Layout, slots: readonly Slot[], size: number): void {
  for (const slot of slots) drawCell(layout, slot, slot.column.label, { size, color: LIGHT.muted, weight: 'bold' });
  layout.canvas.rect({ x: MARGIN, y: layout.y + ROW_HEIGHT }, CONTENT_WIDTH, 0.9, LIGHT.muted);
  layout.y += TABLE_HEAD_HEIGHT;
}

function drawCell({ canvas, y }: Layout, slot: Slot | undefined, text: string, style: TextStyle): void {
  if (!slot) return;
  const isRight = slot.column.align === 'right';
  const x = isRight ? slot.x + slot.width : slot.x;
  canvas.text({ x, y: y + 10.5 }, clipped(text, slot.width, style.size), {
    ...style,
    align: isRight ? 'right' : 'left',
  });
}

/** A name longer than this is cut before the figures beside it become small. */
const NAME_WIDTH_MAX = 130;

/** What each column would take for itself. */
const natural = (columns: readonly Column[], rows: Rows, size: number): readonly number[] =>
  columns.map(({ label, align }, n) => {
    const widest = rows.reduce((most, row) => Math.max(most, textWidth(row[n]?.text ?? '', size)), 0);
    const width = Math.max(textWidth(label, size, 'bold'), widest) + GAP;
    return align === 'left' ? Math.min(width, NAME_WIDTH_MAX) : width;
  });

/**
 * What is left of the page is shared, so that the last column ends at the margin; what is missing, one name gives up.
 */
function slotsOf(columns: readonly Column[], widths: readonly number[]): readonly Slot[] {
  const spare = CONTENT_WIDTH - sum(widths);
  const widestName = columns.reduce<number | undefined>((widest, { align }, n) => {
    const isWider = align === 'left' && (widths[n] ?? 0) > (widest === undefined ? 0 : (widths[widest] ?? 0));
    return isWider ? n : widest;
  }, undefined);
  let x = MARGIN;
  return columns.map((column, n) => {
    const share = spare >= 0 ? spare / columns.length : n === widestName ? spare : 0;
    const width = (widths[n] ?? 0) + share;
    const isLast = n === columns.length - 1;
    const slot = { column, x, width: isLast ? width : width - GAP };
    x += width;
    return slot;
  });
}

/** Only an instrument's name can be that long, and its end says which outcome it is. No figure is ever cut. */
function clipped(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width + GAP / 2) return text;
  const end = text.slice(-4);
  let start = text.slice(0, -4);
  while (start.length > 1 && textWidth(`${start}…${end}`, size) > width) start = start.slice(0, -1);
  return `${start}…${end}`;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
