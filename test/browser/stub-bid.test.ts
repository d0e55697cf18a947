import type { Browser } from 'playwright-core';
import { Market } from '../fixtures/platform/market';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 180_000;
const INSTRUMENT = 'BTC-USD';

/** Goal: who holds through a stub bid keeps the account, and reads why nothing was judged or filled by it. */
describe('a stub bid on the desk', () => {
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
    await market.stub(INSTRUMENT, false);
    await browser.close();
  });

  test(
    'is in doubt, since when and why, and leaves everything as it was',
    async () => {
      await visitor.trade('Buy', '0.05');
      await market.stub(INSTRUMENT, true);
      const notice = visitor.page.getByText('The bid of BTC is in doubt');
      await notice.waitFor();
      await visitor.page.getByText(/^Since \d\d:\d\d:\d\d: .*no account is judged by it\.$/).waitFor();
      await visitor.panel('Positions').getByText('Price in doubt').waitFor();
      expect(await seriousFindings(visitor.page)).toEqual([]);
      await screenshot(visitor.page, 'desk-stub-bid');
      // Longer than a price has to stand: what is shown there stays worth too little.
      await visitor.page.waitForTimeout(8_000);
      await visitor.page.getByText(/worth too little to say what anything is worth/).waitFor();
      expect((await trader.call('GET', `/assessments/${trader.assessmentId}`)).body.account.status).toBe('active');
      // Whoever would give the coins away for it is asked before it is done.
      await visitor.panel('Positions').getByRole('button', { name: 'Close position in BTC' }).click();
      const dialog = visitor.page.getByRole('dialog');
      await dialog.getByText('Fails the assessment').first().waitFor();
      await screenshot(visitor.page, 'ask-stub-bid');
      await dialog.getByRole('button', { name: 'Keep it as it is' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await market.stub(INSTRUMENT, false);
      await notice.waitFor({ state: 'hidden' });
      await visitor.panel('Positions').getByRole('button', { name: 'Close position in BTC' }).click();
      await visitor.panel('Positions').getByText('No open position.').waitFor();
      expect((await trader.call('GET', `/assessments/${trader.assessmentId}`)).body.account.status).toBe('active');
    },
    STORY_MS,
  );
});
