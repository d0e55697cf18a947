import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { DEMO_USERS } from '../../local/demo-users';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch, overflowOf, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 180_000;
const MINUTE_MS = 60_000;
/** The desk asks for news every half minute. */
const TOLD_MS = 45_000;

/** Goal: a trader sees news coming, by the platform's clock, and why an order is refused while it lasts. */
describe('news on the desk', () => {
  const facts = platform();
  const [trader, admin] = [new Trader(facts), new Trader(facts)];
  const scheduled: string[] = [];
  let browser: Browser;
  let visitor: Visitor;

  const schedule = async (title: string, at: number, instruments: readonly string[] | null) => {
    const path = `/admin/blackouts/${randomUUID()}`;
    const answer = await admin.call('PUT', path, { title, at, instruments });
    if (answer.status !== 200) throw new Error(`${title}: ${answer.status} ${JSON.stringify(answer.body)}`);
    scheduled.push(path);
  };

  beforeAll(async () => {
    browser = await launch();
    await trader.register();
    // Quiet from two minutes before to two minutes after news; trades at weekends.
    await trader.buy('advanced-50k');
    const [, { email, password }] = DEMO_USERS;
    admin.accessToken = (await admin.call('POST', '/auth/login', { email, password })).body.accessToken;
    await schedule('US CPI', Date.now() + 32 * MINUTE_MS, null);
    await schedule('FOMC', Date.now() + 52 * MINUTE_MS, ['ETH-USD']);
    const context = await contextFor(browser, 'desktop', 'light');
    await context.addInitScript(() => {
      const right = Date.now.bind(Date);
      Date.now = () => right() + 3_600_000;
    });
    visitor = new Visitor(await context.newPage(), facts);
    await visitor.signIn(trader.email, `/desk/?assessment=${trader.assessmentId}`);
    await visitor.page.getByText('Live', { exact: true }).waitFor();
  }, STORY_MS);
  afterAll(async () => {
    for (const path of scheduled) await admin.call('DELETE', path);
    await browser.close();
  });

  test(
    'what comes next is counted down, whatever the computer’s clock says, and what holds now is said at the ticket',
    async () => {
      const strip = visitor.panel('News');
      await strip.getByText(/Next News: US CPI in 00:2\d:\d\d/).waitFor();
      await strip.getByText(/^From .* orders that add risk are refused and resting ones wait/).waitFor();
      await strip.getByText('1 more in the next seven days').click();
      await strip.getByText(/News: FOMC From .* orders that add risk in ETH are refused/).waitFor();
      await schedule('Surprise speech', Date.now() + 1_000, ['BTC-USD']);
      await strip.getByText(/Now News: Surprise speech over in 00:0[0-2]:\d\d/).waitFor({ timeout: TOLD_MS });
      await visitor.select(/^BTC/);
      await visitor.write('Buy', 'Market', { Quantity: '0.01' });
      const ticket = visitor.panel('Order ticket');
      await ticket.getByText('No order may add risk around Surprise speech').waitFor();
      expect(await seriousFindings(visitor.page)).toEqual([]);
      await screenshot(visitor.page, 'desk-news');
      await visitor.page.setViewportSize({ width: 390, height: 844 });
      expect(await overflowOf(visitor.page)).toBe(0);
      await screenshot(visitor.page, 'desk-news-phone');
      await visitor.select(/^ETH/);
      await visitor.trade('Buy', '0.1');
      await visitor.panel('Positions').getByRole('button', { name: 'Close position in ETH' }).click();
      await visitor.panel('Positions').getByText('No open position.').waitFor();
    },
    STORY_MS,
  );
});
