import type { Browser } from 'playwright-core';
import { Market } from '../fixtures/platform/market';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch, overflowOf, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 180_000;
/** Nobody else's: a market that has closed stays so, and what falls decides no other story's verdict. */
const SHIELD = 'rain-in-london-on-new-years-day';
const UNIT = 'YES · Will it rain in London on New Year’s Day?';
const FALLING = 'ETH-USD';

/** Goal: a position without a price is named and bounded, and its holder reads how the account is judged meanwhile. */
describe('a position without a price', () => {
  const facts = platform();
  const trader = new Trader(facts);
  const market = new Market(facts.venueControl);
  let browser: Browser;
  let visitor: Visitor;
  let before: number | undefined;

  beforeAll(async () => {
    browser = await launch();
    await market.freeze();
    await trader.register();
    await trader.buy('sprint-10k');
    const context = await contextFor(browser, 'desktop', 'light');
    visitor = new Visitor(await context.newPage(), facts);
    await visitor.signIn(trader.email, `/desk/?assessment=${trader.assessmentId}`);
    await visitor.page.getByText('Live', { exact: true }).waitFor();
  }, STORY_MS);
  afterAll(async () => {
    if (before !== undefined) await market.move(trader, FALLING, before);
    await browser.close();
  });

  const notice = (title: string | RegExp) => visitor.page.getByRole('status').filter({ hasText: title });
  const status = async () => (await trader.call('GET', `/assessments/${trader.assessmentId}`)).body.account.status;

  test(
    'is named with its bounds, and why nothing else happens; what falls beside it fails all the same',
    async () => {
      await visitor.select(/rain in London/);
      await visitor.trade('Buy', '5');
      await visitor.select(/^ETH/);
      before = (await market.touch(trader, FALLING)).ask;
      await visitor.trade('Buy', '5');
      await market.close(SHIELD);
      const named = notice(`No price for ${UNIT}`);
      await named.getByText(/The last good one was .*, at .*: it counts as \$\d\.\d\d\./).waitFor();
      await named.getByText('It can be worth $0.00 to $5.00.').waitFor();
      const judged = notice(/Judged between \$[\d,.]+ and \$[\d,.]+/);
      await judged.getByText(/fails only if a limit is broken even at the highest.*Deadlines go on\./).waitFor();
      expect(await status()).toBe('active');
      expect(await seriousFindings(visitor.page)).toEqual([]);
      await screenshot(visitor.page, 'desk-shield');
      await visitor.page.setViewportSize({ width: 390, height: 844 });
      expect(await overflowOf(visitor.page)).toBe(0);
      await screenshot(visitor.page, 'desk-shield-phone');
      await visitor.page.setViewportSize({ width: 1440, height: 900 });
      await visitor.write('Buy', 'Market', { Quantity: '0.1' });
      await visitor.submit('Buy');
      await visitor.panel('Order ticket').getByText('A price that this needs is missing').waitFor();
      await visitor
        .panel('Order ticket')
        .getByText(/every open position needs a fresh price/i)
        .waitFor();
      await screenshot(visitor.page, 'desk-shield-adding');
      await market.move(trader, FALLING, before * 0.94);
      await visitor.page.getByRole('alert').getByText('Assessment failed').waitFor();
      await screenshot(visitor.page, 'desk-shield-failed');
    },
    STORY_MS,
  );
});
