import type { Page } from '../block';
import { LIGHT } from '../palette';
import { Layout, MARGIN, PAPER } from './layout';
import { drawBlock, drawHead } from './pdf-block';
import { pdfFile } from './pdf-file';

/** The report on A4: the same blocks as the page, broken where a reader would break them, each page numbered. */
export function pdfOf(page: Page, createdAtMs: number): Uint8Array {
  const layout = new Layout();
  drawHead(layout, page);
  page.blocks.forEach((block, n) => {
    drawBlock(layout, block, page.blocks[n + 1]);
  });
  const canvases = layout.pages();
  const footer = { size: 7.5, color: LIGHT.muted } as const;
  const y = PAPER.height - MARGIN + 22;
  canvases.forEach((canvas, n) => {
    canvas.text({ x: MARGIN, y }, page.footer, footer);
    canvas.text({ x: PAPER.width - MARGIN, y }, `Page ${n + 1} of ${canvases.length}`, { ...footer, align: 'right' });
  });
  return pdfFile(
    canvases.map((canvas) => ({ content: canvas.content(), width: canvas.width, height: canvas.height })),
    {
      title: page.title,
      subject: page.holder && `Traded by ${page.holder}`,
      author: 'Proving Ground',
      language: 'en',
      createdAtMs,
    },
  );
}
