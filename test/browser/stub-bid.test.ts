import { screenshot, seriousFindings } from './browser';
import { frozenDesk, STORY_MS } from './frozen-desk';

const INSTRUMENT = 'BTC-USD';

/** Goal: who holds through a stub bid keeps the account, and reads why nothing was judged or filled by it. */
describe('a stub bid on the desk', () => {
  const desk = frozenDesk(({ market }) => market.stub(INSTRUMENT, false));
  const { market } = desk;

  test(
    'at every venue is no price: the desk says why, and everything is left as it was',
    async () => {
      await desk.visitor.select(/^BTC/);
      await desk.visitor.trade('Buy', '0.05');
      await market.stub(INSTRUMENT, true);
      const { page } = desk.visitor;
      const notice = page.getByText('The price of BTC is unconfirmed');
      await notice.waitFor();
      await page.getByText(/Kraken is left out: what it shows is worth too little/).waitFor();
      await desk.visitor.panel('Positions').getByText('Unconfirmed').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await screenshot(page, 'desk-stub-bid');
      // Longer than a price has to stand: what is shown there stays worth too little.
      await page.waitForTimeout(8_000);
      await page.getByText(/orders are refused, and no account is judged by it/).waitFor();
      expect((await desk.account()).status).toBe('active');
      await market.stub(INSTRUMENT, false);
      await notice.waitFor({ state: 'hidden' });
      await desk.visitor.panel('Positions').getByRole('button', { name: 'Close position in BTC' }).click();
      await desk.visitor.panel('Positions').getByText('No open position.').waitFor();
      expect((await desk.account()).status).toBe('active');
    },
    STORY_MS,
  );
});
