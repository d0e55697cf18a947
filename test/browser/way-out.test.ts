import type { Browser } from 'playwright-core';
import { Market } from '../fixtures/platform/market';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 180_000;
const INSTRUMENT = 'BTC-USD';

/** Goal: nobody fails by the fee of getting out who was not asked before. */
describe('the way out of a position', () => {
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
  afterAll(() => browser.close());

  const dialog = () => visitor.page.getByRole('dialog');

  test(
    'is told before the entry and before the closing, is asked about, and fails whoever says so twice',
    async () => {
      const { ask } = await market.touch(trader, INSTRUMENT);
      // 45,000 dollars: its two fees of 0.4 % come to 360, more than the 300 that one position may lose.
      const qty = (45_000 / ask).toFixed(4);
      await visitor.write('Buy', 'Market', { Quantity: qty });
      await visitor.panel('Order ticket').getByText('All closed again at once').waitFor();
      await visitor.submit('Buy');
      await dialog().getByText('Fails the assessment: risk per trade').waitFor();
      await screenshot(visitor.page, 'ask-entry');
      await dialog().getByRole('button', { name: 'Send the order all the same' }).click();
      const positions = visitor.panel('Positions');
      await positions.getByText('Fails the assessment: risk per trade').waitFor();
      await visitor.panel('Account and rules').getByText('Getting out breaks it').waitFor();
      await positions.getByRole('button', { name: /^Close position/ }).click();
      await dialog().getByText('Balance after').waitFor();
      await screenshot(visitor.page, 'ask-closing');
      expect(await seriousFindings(visitor.page)).toEqual([]);
      await dialog().getByRole('button', { name: 'Keep it as it is' }).click();
      await dialog().waitFor({ state: 'hidden' });
      await positions.getByRole('button', { name: 'Close all and cancel orders' }).click();
      await dialog().getByText('Closing everything breaks a rule').waitFor();
      await dialog().getByRole('button', { name: 'Close everything all the same' }).click();
      await visitor.page.getByRole('alert').getByText('Assessment failed').waitFor();
      await visitor.link('Check the evidence').click();
      await visitor.page.getByText('· broke the rule').waitFor();
      await screenshot(visitor.page, 'evidence-closed-trade');
      expect(await seriousFindings(visitor.page)).toEqual([]);
    },
    STORY_MS,
  );
});
