import type { Block, Cell, Column, Fact, Page, Tone } from '../block';
import { escaped } from './escaped';
import { STYLE } from './style';
import { svgOf } from './svg';

/** The report as one file without scripts: readable, printable, and the bytes that are hashed. */
export const htmlOf = (page: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(page.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="maker">Proving Ground</p>
<h1>${escaped(page.title)}</h1>
${page.holder === null ? '' : `<p class="holder">Traded by <bdi>${escaped(page.holder)}</bdi></p>\n`}<p>${escaped(page.subtitle)}</p>
</header>
<main>
<section class="verdict ${page.verdict.tone}"><strong>${escaped(page.verdict.word)}</strong>
<p>${escaped(page.verdict.sentence)}</p></section>
${sectioned(page.blocks)}
</main>
<footer>${escaped(page.footer)}</footer>
</body>
</html>
`;

/** A table is named by the heading it stands under. */
function sectioned(blocks: readonly Block[]): string {
  let heading = 'Report';
  return blocks
    .map((block) => {
      if (block.kind === 'section') heading = block.text;
      return htmlBlock(block, heading);
    })
    .join('\n');
}

function htmlBlock(block: Block, heading: string): string {
  switch (block.kind) {
    case 'section':
      return `<h2>${escaped(block.text)}</h2>`;
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`;
    case 'tiles':
      return factList('tiles', block.facts);
    case 'facts':
      return factList('facts', block.facts);
    case 'chart':
      return `<figure tabindex="0" aria-label="${escaped(heading)}">${svgOf(block.drawing)}</figure>`;
    case 'table':
      return tableOf(block.columns, block.rows, heading);
  }
}

/** Hashes and ids take the whole line where there are two columns. */
const ONE_COLUMN_MAX = 34;

const factList = (name: string, events: readonly Fact[]): string =>
  `<dl class="${name}">${events
    .map(
      ({ label, value, tone }) =>
        `<div${value.length > ONE_COLUMN_MAX ? ' class="wide"' : ''}><dt>${escaped(label)}</dt><dd${className(tone, false)}>${escaped(value)}</dd></div>`,
    )
    .join('')}</dl>`;

/** What is too wide scrolls in its own frame, which the keyboard can reach. */
const tableOf = (columns: readonly Column[], rows: readonly (readonly Cell[])[], heading: string): string =>
  `<div class="table" role="group" aria-label="${escaped(heading)}" tabindex="0"><table><thead><tr>${columns
    .map(({ label, align }) => `<th scope="col"${className(undefined, align === 'right')}>${escaped(label)}</th>`)
    .join('')}</tr></thead><tbody>${rows.map((row) => rowOf(columns, row)).join('')}</tbody></table></div>`;

const rowOf = (columns: readonly Column[], row: readonly Cell[]): string =>
  `<tr>${row
    .map(({ text, tone }, n) => `<td${className(tone, columns[n]?.align === 'right')}>${escaped(text)}</td>`)
    .join('')}</tr>`;

function className(tone: Tone | undefined, isRight: boolean): string {
  const names = [...(isRight ? ['right'] : []), ...(tone && tone !== 'plain' ? [tone] : [])];
  return names.length === 0 ? '' : ` class="${names.join(' ')}"`;
}
