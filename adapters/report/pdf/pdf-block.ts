import type { Block, Fact, Page } from '../block';
import { type Drawing, LABEL_SIZE, type Mark } from '../drawing';
import { LIGHT } from '../palette';
import { type Canvas, textWidth, wrapped } from './canvas';
import { CONTENT_WIDTH, type Layout, MARGIN } from './layout';
import { drawTable, TABLE_HEAD_HEIGHT } from './pdf-table';
import { colorOf } from './tone';
import { isWritable } from './windows-1252';

const TEXT = { size: 9.5, lead: 13.5 } as const;
const SECTION = { size: 12.5, above: 20, below: 8 } as const;
const PANEL = '#f4f6f9';

export function drawHead(layout: Layout, { title, subtitle, holder, verdict }: Page): void {
  const { canvas } = layout;
  canvas.text({ x: MARGIN, y: layout.y + 8 }, 'Proving Ground', { size: 9.5, color: LIGHT.ink, weight: 'bold' });
  layout.y += 34;
  for (const line of wrapped(title, CONTENT_WIDTH, 20, 'bold')) {
    canvas.text({ x: MARGIN, y: layout.y }, line, { size: 20, color: LIGHT.ink, weight: 'bold' });
    layout.y += 24;
  }
  for (const line of holder === null ? [] : wrapped(holderText(holder), CONTENT_WIDTH, 9.5, 'bold')) {
    canvas.text({ x: MARGIN, y: layout.y - 6 }, line, { size: 9.5, color: LIGHT.ink, weight: 'bold' });
    layout.y += 14;
  }
  canvas.text({ x: MARGIN, y: layout.y - 6 }, subtitle, { size: 9.5, color: LIGHT.muted });
  layout.y += 12;
  const inset = MARGIN + 92;
  const lines = wrapped(verdict.sentence, CONTENT_WIDTH - 92 - 14, TEXT.size);
  const height = lines.length * TEXT.lead + 18;
  canvas.rect({ x: MARGIN, y: layout.y }, CONTENT_WIDTH, height, PANEL);
  canvas.rect({ x: MARGIN, y: layout.y }, 4, height, colorOf(verdict.tone));
  const word = { size: 15, color: colorOf(verdict.tone), weight: 'bold' } as const;
  canvas.text({ x: MARGIN + 18, y: layout.y + 21 }, verdict.word, word);
  lines.forEach((line, n) => {
    const y = layout.y + 20 + n * TEXT.lead;
    canvas.text({ x: inset, y }, line, { size: TEXT.size, color: LIGHT.ink });
  });
  layout.y += height + 16;
}

/** A name is written as its bearer writes it, or where that can be done: never with question marks in it. */
const holderText = (name: string): string =>
  isWritable(name)
    ? `Traded by ${name}`
    : 'Traded by the person named in this document’s properties and in the HTML report: its fonts lack some of the letters';

/** `next` keeps a heading on the page of what it heads. */
export function drawBlock(layout: Layout, block: Block, next: Block | undefined): void {
  if (block.kind === 'section') drawSection(layout, block.text, next);
  else if (block.kind === 'paragraph') drawParagraph(layout, block.text);
  else if (block.kind === 'tiles') drawTiles(layout, block.facts);
  else if (block.kind === 'facts') drawFacts(layout, block.facts);
  else if (block.kind === 'chart') drawChart(layout, block.drawing);
  else drawTable(layout, block.columns, block.rows);
}

function drawSection(layout: Layout, text: string, next: Block | undefined): void {
  const company = next?.kind === 'chart' ? scaledHeight(next.drawing) : TABLE_HEAD_HEIGHT + 3 * TEXT.lead;
  layout.reserve(SECTION.above + SECTION.size + SECTION.below + company);
  layout.y += SECTION.above;
  layout.canvas.text({ x: MARGIN, y: layout.y }, text, { size: SECTION.size, color: LIGHT.ink, weight: 'bold' });
  layout.y += SECTION.below;
}

function drawParagraph(layout: Layout, text: string): void {
  for (const line of wrapped(text, CONTENT_WIDTH, TEXT.size)) {
    layout.reserve(TEXT.lead);
    layout.y += TEXT.lead;
    layout.canvas.text({ x: MARGIN, y: layout.y - 2 }, line, { size: TEXT.size, color: LIGHT.ink });
  }
  layout.y += 3;
}

function drawTiles(layout: Layout, events: readonly Fact[]): void {
  const height = 40;
  layout.reserve(height);
  const gap = 12;
  const width = (CONTENT_WIDTH - gap * (events.length - 1)) / events.length;
  events.forEach(({ label, value, tone }, n) => {
    const x = MARGIN + n * (width + gap);
    layout.canvas.rect({ x, y: layout.y }, width, 1.5, LIGHT.grid);
    layout.canvas.text({ x, y: layout.y + 14 }, label, { size: 7.5, color: LIGHT.muted });
    const size = Math.min(12, (12 * width) / Math.max(width, textWidth(value, 12, 'bold')));
    layout.canvas.text({ x, y: layout.y + 30 }, value, { size, color: colorOf(tone), weight: 'bold' });
  });
  layout.y += height;
}

/** Two columns, read downwards; a value that does not fit beside its label takes the lines it needs. */
function drawFacts(layout: Layout, events: readonly Fact[]): void {
  const gap = 24;
  const half = (CONTENT_WIDTH - gap) / 2;
  const [narrow, wide] = [events.filter((event) => fits(event, half)), events.filter((event) => !fits(event, half))];
  const rows = Math.ceil(narrow.length / 2);
  for (let n = 0; n < rows; n++) {
    layout.reserve(18);
    drawFact(layout, narrow[n], MARGIN, half);
    drawFact(layout, narrow[n + rows], MARGIN + half + gap, half);
    layout.y += 18;
  }
  for (const event of wide) {
    layout.reserve(18);
    drawFact(layout, event, MARGIN, CONTENT_WIDTH);
    layout.y += 18;
  }
  layout.y += 6;
}

const fits = ({ label, value }: Fact, width: number): boolean =>
  textWidth(label, 9) + textWidth(value, 9) + 12 <= width;

function drawFact({ canvas, y }: Layout, fact: Fact | undefined, x: number, width: number): void {
  if (!fact) return;
  canvas.text({ x, y: y + 12 }, fact.label, { size: 9, color: LIGHT.muted });
  canvas.text({ x: x + width, y: y + 12 }, fact.value, { size: 9, color: colorOf(fact.tone), align: 'right' });
  canvas.rect({ x, y: y + 17.3 }, width, 0.6, LIGHT.grid);
}

const scaledHeight = ({ width, height }: Drawing): number => (height * CONTENT_WIDTH) / width;

function drawChart(layout: Layout, drawing: Drawing): void {
  layout.reserve(scaledHeight(drawing));
  const scale = CONTENT_WIDTH / drawing.width;
  for (const mark of drawing.marks) drawMark(layout.canvas, mark, scale, layout.y);
  layout.y += scaledHeight(drawing);
}

function drawMark(canvas: Canvas, mark: Mark, scale: number, top: number): void {
  const placed = ({ x, y }: { readonly x: number; readonly y: number }) => ({
    x: MARGIN + x * scale,
    y: top + y * scale,
  });
  if (mark.kind === 'label') {
    const { at, text, role, align } = mark;
    canvas.text(placed(at), text, { size: LABEL_SIZE * scale, color: LIGHT[role], align });
    return;
  }
  const { stroke, fill, width, dash } = mark.paint;
  const paint = { width: width * scale, ...(dash && { dash: dash.map((length) => length * scale) }) };
  canvas.path(mark.points.map(placed), paint, fill && LIGHT[fill], stroke && LIGHT[stroke]);
}
