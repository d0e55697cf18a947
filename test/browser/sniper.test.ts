import type { Browser } from 'playwright-core';
import { Market } from '../fixtures/platform/market';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 180_000;
const INSTRUMENT = 'BTC-USD';

/** Goal: a price that only looks alive fills nothing, and whoever pressed the button reads why. */
describe('an order in a market whose venue has fallen silent', () => {
  const facts = platform();
  const trader = new Trader(facts);
  const market = new Market(facts.venueControl);
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    browser = await launch();
    await market.freeze();
    await trader.register();
    await trader.buy('sprint-10k');
    const context = await contextFor(browser, 'desktop', 'light');
    visitor = new Visitor(await context.newPage(), facts);
    await visitor.signIn(trader.email, `/desk/?assessment=${trader.assessmentId}`);
    await visitor.page.getByText('Live', { exact: true }).waitFor();
    await visitor.select(/^BTC/);
  }, STORY_MS);
  afterAll(async () => {
    await market.silence(false);
    await browser.close();
  });

  const ticket = () => visitor.panel('Order ticket');
  const account = async () => (await trader.call('GET', `/assessments/${trader.assessmentId}`)).body.account;

  test(
    'is refused in words, fills nothing, and goes through once the venue speaks again',
    async () => {
      await visitor.write('Buy', 'Market', { Quantity: '0.05' });
      await market.silence(true);
      // The book is a good one and seconds old: of before the order, and that is all that is wrong with it.
      const { quality } = (await trader.call('GET', `/instruments/${INSTRUMENT}/book`)).body;
      expect(quality).toBe('good');
      await visitor.submit('Buy');
      await ticket().getByText('The venue confirmed no price after the order; nothing was filled').waitFor();
      await ticket()
        .getByText(/neither a newer price nor a sign of life within 3 s; what it showed may be gone/)
        .waitFor();
      expect(await seriousFindings(visitor.page)).toEqual([]);
      await screenshot(visitor.page, 'desk-sniper');
      await visitor.panel('Positions').getByText('No open position.').waitFor();
      expect(await account()).toMatchObject({ status: 'active', positions: [], orders: [] });
      expect((await trader.call('GET', `/accounts/${trader.accountId}/trades`)).body.trades).toEqual([]);
      await market.silence(false);
      await market.touch(trader, INSTRUMENT);
      await visitor.trade('Buy', '0.05');
    },
    STORY_MS,
  );
});
