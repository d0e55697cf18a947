import { reportRenderer } from '../../../adapters/report/renderer';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { formatQty } from '../../../domain/kernel/money';
import type { ReportContent } from '../../../usecases/ports/assessments/report-renderer';
import { failedWeek } from '../../fixtures/failed-week';
import { readPdf } from './read-pdf';

let content: ReportContent;
let html: string;
let pdf: ReturnType<typeof readPdf>;
beforeAll(async () => {
  content = await failedWeek();
  const documents = reportRenderer.render(content);
  html = new TextDecoder().decode(documents.html);
  pdf = readPdf(documents.pdf);
});

const textOfHtml = () =>
  html
    .slice(html.indexOf('<body>'))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');

test('the PDF can be read from its cross-reference table, and numbers its pages', () => {
  expect(pdf.objects.every((object, n) => object.startsWith(`${n + 1} 0 obj\n`))).toBe(true);
  expect(pdf.pages.length).toBeGreaterThan(1);
  pdf.pages.forEach((words, n) => {
    expect(words.at(-1)).toBe(`Page ${n + 1} of ${pdf.pages.length}`);
  });
});

test('both formats say the same figures', () => {
  const page = textOfHtml();
  const drawn = pdf.pages.flat();
  const figures = drawn.filter((word) => /^[–+]?\$[\d,.]+$/.test(word));
  expect(figures.length).toBeGreaterThan(50);
  const missing = figures.filter((figure) => !page.includes(figure.replace('–', '−')));
  expect(missing).toEqual([]);
  const quantities = content.trips.map((trip) => formatQty(trip.qty));
  expect(drawn).toEqual(expect.arrayContaining(quantities));
});

test('no glyph is garbled: nothing in the PDF became a question mark', () => {
  expect(pdf.pages.flat().filter((word) => word.includes('?'))).toEqual([]);
});

test('the head of a table is repeated on every page that it reaches', async () => {
  const trips = Array.from({ length: 120 }, (_, n) => content.trips[n % content.trips.length]).flatMap((t) => t ?? []);
  const { pages } = readPdf(reportRenderer.render({ ...content, trips }).pdf);
  const heads = pages.filter((words) => words.includes('Entry')).length;
  expect(heads).toBeGreaterThanOrEqual(3);
});

test('a long name gives way in print, a figure never does', () => {
  const instrument = idOf<InstrumentId>(`PM-${'will-it-rain-in-the-capital-'.repeat(4)}YES`);
  const trips = content.trips.map((trip) => ({ ...trip, instrument }));
  const words = readPdf(reportRenderer.render({ ...content, trips }).pdf).pages.flat();
  const cut = words.filter((word) => word.includes('…'));
  expect(cut).toHaveLength(trips.length);
  expect(cut.every((word) => /^PM-will-it-rain.*…-YES$/.test(word))).toBe(true);
});

test('the same content gives the same bytes', () => {
  expect(reportRenderer.render(content)).toEqual(reportRenderer.render(content));
});

test('a name from outside never becomes markup', () => {
  const hostile = { ...content, title: '<script>alert(1)</script> & "quotes"' };
  const page = new TextDecoder().decode(reportRenderer.render(hostile).html);
  expect(page).not.toContain('<script');
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;');
});

test('a name from outside never becomes a link, neither in the documents nor in what shows them', () => {
  const title = 'See http://evil.example, www.evil.example or ask@evil.example';
  const documents = reportRenderer.render({ ...content, title });
  const page = new TextDecoder().decode(documents.html);
  expect(page).not.toMatch(/<a\b|href|:\/\/|www\.\w|ask@/);
  expect(Buffer.from(documents.pdf).toString('latin1')).not.toMatch(/\/URI|\/Annots|\/Link/);
  const text = readPdf(documents.pdf).pages.flat().join(' ');
  expect(text).toContain('See http: / /evil.example');
  expect(text).not.toMatch(/:\/\/|www\.\w|ask@/);
});

test('the page needs nothing but itself', () => {
  expect(html).not.toMatch(/https?:|url\(|<script|<link|<img|@import/);
});

test('the sum that failed the account is in both', () => {
  const { verdict } = content.judgement;
  expect(verdict.kind).toBe('failed');
  expect(textOfHtml()).toMatch(/a loss of \$2,500\.00 breaks the rule/);
  expect(pdf.pages[0]?.join(' ')).toMatch(/a loss of \$2,500\.00 breaks the rule/);
});

test('many trades are listed up to a limit, and the page says so', () => {
  const trips = Array.from({ length: 1_001 }, (_, n) => content.trips[n % content.trips.length]).flatMap(
    (t) => t ?? [],
  );
  const page = new TextDecoder().decode(reportRenderer.render({ ...content, trips }).html);
  expect(page).toContain('The latest 1000 of 1001 trades.');
  expect(page.match(/<td>(Long|Short)<\/td>/g)).toHaveLength(1_000);
});

/** Goal: a name is what its bearer wrote, in both formats, and never part of the document's own language. */
test.each`
  name                        | inHtml                                                                     | inPdf
  ${'Zoë O’Neil'}             | ${'Traded by <bdi>Zoë O’Neil</bdi>'}                                       | ${'Traded by Zoë O’Neil'}
  ${'<b>(Bold)\\ & "Co"</b>'} | ${'Traded by <bdi>&lt;b&gt;(Bold)\\ &amp; &quot;Co&quot;&lt;/b&gt;</bdi>'} | ${'Traded by <b>(Bold)\\ & "Co"</b>'}
  ${'Łukasz Żak'}             | ${'Traded by <bdi>Łukasz Żak</bdi>'}                                       | ${'Traded by the person named in this document’s properties'}
  ${'张伟'}                   | ${'Traded by <bdi>张伟</bdi>'}                                             | ${'Traded by the person named in this document’s properties'}
`('$name stands on the report', ({ name, inHtml, inPdf }) => {
  const documents = reportRenderer.render({ ...content, holderName: name });
  expect(new TextDecoder().decode(documents.html)).toContain(inHtml);
  const written = readPdf(documents.pdf);
  expect(written.pages[0]?.some((line) => line.startsWith(inPdf))).toBe(true);
  expect(written.pages.flat().filter((word) => word.includes('?'))).toEqual([]);
  const subject = Buffer.from(`Traded by ${name}`, 'utf16le').swap16().toString('hex');
  expect(written.objects.join('\n')).toContain(`/Subject <feff${subject}>`);
});

test('a report of nobody names nobody', () => {
  const documents = reportRenderer.render({ ...content, holderName: null });
  expect(new TextDecoder().decode(documents.html)).not.toContain('Traded by');
  expect(Buffer.from(documents.pdf).toString('latin1')).not.toContain('/Subject');
});

test('what the platform closed by itself is said with its reason and what it cost, in both formats', () => {
  const [first, ...others] = content.trips;
  const { endedAt } = content.summary;
  if (!first) throw new Error('the week has trades');
  const closed = { ...first, closedFor: 'stop_missing', closedAt: endedAt } as const;
  const documents = reportRenderer.render({ ...content, trips: [...others, closed] });
  const said = 'its stop-loss was missing when it was due';
  expect(new TextDecoder().decode(documents.html).split(said)).toHaveLength(3);
  expect(readPdf(documents.pdf).pages.flat().join(' ')).toContain(said);
});
