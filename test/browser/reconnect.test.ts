import type { Browser, WebSocketRoute } from 'playwright-core';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch } from './browser';
import { Visitor } from './visitor';

const SETUP_MS = 120_000;

/** Goal: a line that breaks costs nothing: the desk comes back by itself and knows what it missed. */
describe('a broken connection', () => {
  const facts = platform();
  const trader = new Trader(facts);
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
    await trader.register();
    const [tier] = (await trader.call('GET', '/tiers')).body.tiers;
    await trader.buy(tier.slug);
  }, SETUP_MS);
  afterAll(() => browser.close());

  test(
    'heals, and a fill that happened meanwhile is on the desk',
    async () => {
      const context = await contextFor(browser, 'desktop', 'light');
      const page = await context.newPage();
      const lines: WebSocketRoute[] = [];
      let isCut = false;
      await page.routeWebSocket(/\/ws\?/, (line) => {
        if (isCut) {
          void line.close({ code: 1001 });
          return;
        }
        line.connectToServer();
        lines.push(line);
      });
      const visitor = new Visitor(page, facts);
      await visitor.signIn(trader.email, `/desk/?assessment=${trader.assessmentId}`);
      await page.getByText('Live', { exact: true }).waitFor();
      isCut = true;
      await lines[0]?.close({ code: 1001 });
      await page.getByText('Connection lost, reconnecting…').waitFor();
      expect((await trader.order('buy', 'BTC-USD', '0.001')).status).toBe(201);
      expect(await visitor.panel('Positions').getByText('No open position.').isVisible()).toBe(true);
      isCut = false;
      await page.getByText('Live', { exact: true }).waitFor();
      await visitor
        .panel('Positions')
        .getByRole('rowheader', { name: /BTC Long/ })
        .waitFor();
      await context.close();
    },
    SETUP_MS,
  );
});
