import { screenshot, seriousFindings } from './browser';
import { frozenDesk, STORY_MS } from './frozen-desk';

const INSTRUMENT = 'BTC-USD';

/** Goal: who holds through a stub bid keeps the account, and reads why nothing was judged or filled by it. */
describe('a stub bid on the desk', () => {
  const desk = frozenDesk(({ market }) => market.stub(INSTRUMENT, false));
  const { market } = desk;

  test(
    'is in doubt, since when and why, and leaves everything as it was',
    async () => {
      await desk.visitor.select(/^BTC/);
      await desk.visitor.trade('Buy', '0.05');
      await market.stub(INSTRUMENT, true);
      const notice = desk.visitor.page.getByText('The bid of BTC is in doubt');
      await notice.waitFor();
      await desk.visitor.page.getByText(/^Since \d\d:\d\d:\d\d: .*no account is judged by it\.$/).waitFor();
      await desk.visitor.panel('Positions').getByText('Price in doubt').waitFor();
      expect(await seriousFindings(desk.visitor.page)).toEqual([]);
      await screenshot(desk.visitor.page, 'desk-stub-bid');
      // Longer than a price has to stand: what is shown there stays worth too little.
      await desk.visitor.page.waitForTimeout(8_000);
      await desk.visitor.page.getByText(/worth too little to say what anything is worth/).waitFor();
      expect((await desk.account()).status).toBe('active');
      // Whoever would give the coins away for it is asked before it is done.
      await desk.visitor.panel('Positions').getByRole('button', { name: 'Close position in BTC' }).click();
      const dialog = desk.visitor.page.getByRole('dialog');
      await dialog.getByText('Fails the assessment').first().waitFor();
      await screenshot(desk.visitor.page, 'ask-stub-bid');
      await dialog.getByRole('button', { name: 'Keep it as it is' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await market.stub(INSTRUMENT, false);
      await notice.waitFor({ state: 'hidden' });
      await desk.visitor.panel('Positions').getByRole('button', { name: 'Close position in BTC' }).click();
      await desk.visitor.panel('Positions').getByText('No open position.').waitFor();
      expect((await desk.account()).status).toBe('active');
    },
    STORY_MS,
  );
});
