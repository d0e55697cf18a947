import { Canvas } from './canvas';

/** A4 in points. */
export const PAPER = { width: 595.28, height: 841.89 } as const;
export const MARGIN = 46;
export const CONTENT_WIDTH = PAPER.width - 2 * MARGIN;

/** Fills pages from the top; who draws asks for room first and gets a new page when it is not there. */
export class Layout {
  readonly #pages: Canvas[] = [new Canvas(PAPER.width, PAPER.height)];
  y: number = MARGIN;

  get canvas(): Canvas {
    return this.#pages[this.#pages.length - 1] as Canvas;
  }

  /** Answers whether a new page was begun. */
  reserve(height: number): boolean {
    if (this.y + height <= PAPER.height - MARGIN) return false;
    this.#pages.push(new Canvas(PAPER.width, PAPER.height));
    this.y = MARGIN;
    return true;
  }

  pages(): readonly Canvas[] {
    return this.#pages;
  }
}
