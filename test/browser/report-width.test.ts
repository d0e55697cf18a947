import { reportRenderer } from '../../adapters/report/renderer';
import { idOf } from '../../domain/kernel/ids';
import type { ReportContent } from '../../usecases/ports/assessments/report-renderer';
import { failedWeek } from '../fixtures/failed-week';
import { contextFor, launch } from './browser';

const LONG = idOf<ReportContent['trips'][number]['instrument']>(
  'PM-will-the-central-bank-lower-its-rate-by-fifty-points-after-the-december-meeting-YES',
);

async function report(): Promise<string> {
  const content = await failedWeek();
  const trips = content.trips.map((trip, n) => (n % 2 === 0 ? trip : { ...trip, instrument: LONG }));
  return new TextDecoder().decode(reportRenderer.render({ ...content, trips }).html);
}

/** Goal: on a desktop no figure of the report hides behind a scroll bar of its own, however long a market's name is. */
test('every table of the HTML report is seen whole at 1,440 pixels', async () => {
  const browser = await launch();
  try {
    const page = await (await contextFor(browser, 'desktop', 'light')).newPage();
    await page.setContent(await report());
    const hidden = await page.evaluate(() =>
      [...document.querySelectorAll('.table')].map((table) => table.scrollWidth - table.clientWidth),
    );
    expect(hidden.length).toBeGreaterThan(1);
    expect(hidden.every((pixels) => pixels === 0)).toBe(true);
  } finally {
    await browser.close();
  }
});
