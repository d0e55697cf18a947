import { overflowOf, screenshot, seriousFindings } from './browser';
import { frozenDesk, STORY_MS } from './frozen-desk';

/** Nobody else's: a market that has closed stays so, and what falls decides no other story's verdict. */
const SHIELD = 'rain-in-london-on-new-years-day';
const UNIT = 'YES · Will it rain in London on New Year’s Day?';
const FALLING = 'ETH-USD';

/** Goal: a position without a price is named and bounded, and its holder reads how the account is judged meanwhile. */
describe('a position without a price', () => {
  let before: number | undefined;
  const desk = frozenDesk(async ({ market, trader }) => {
    if (before !== undefined) await market.move(trader, FALLING, before);
  });
  const { market, trader } = desk;

  const notice = (title: string | RegExp) => desk.visitor.page.getByRole('status').filter({ hasText: title });

  test(
    'is named with its bounds, and why nothing else happens; what falls beside it fails all the same',
    async () => {
      await desk.visitor.select(/rain in London/);
      await desk.visitor.trade('Buy', '5');
      await desk.visitor.select(/^ETH/);
      before = (await market.touch(trader, FALLING)).ask;
      await desk.visitor.trade('Buy', '5');
      await market.close(SHIELD);
      const named = notice(`No price for ${UNIT}`);
      await named.getByText(/The last good one was .*, at .*: it counts as \$\d\.\d\d\./).waitFor();
      await named.getByText('It can be worth $0.00 to $5.00.').waitFor();
      const judged = notice(/Judged between \$[\d,.]+ and \$[\d,.]+/);
      await judged.getByText(/fails only if a limit is broken even at the highest.*Deadlines go on\./).waitFor();
      expect((await desk.account()).status).toBe('active');
      expect(await seriousFindings(desk.visitor.page)).toEqual([]);
      await screenshot(desk.visitor.page, 'desk-shield');
      await desk.visitor.page.setViewportSize({ width: 390, height: 844 });
      expect(await overflowOf(desk.visitor.page)).toBe(0);
      await screenshot(desk.visitor.page, 'desk-shield-phone');
      await desk.visitor.page.setViewportSize({ width: 1440, height: 900 });
      await desk.visitor.write('Buy', 'Market', { Quantity: '0.1' });
      await desk.visitor.submit('Buy');
      await desk.visitor.panel('Order ticket').getByText('A price that this needs is missing').waitFor();
      await desk.visitor
        .panel('Order ticket')
        .getByText(/every open position needs a fresh price/i)
        .waitFor();
      await screenshot(desk.visitor.page, 'desk-shield-adding');
      await market.move(trader, FALLING, before * 0.94);
      await desk.visitor.page.getByRole('alert').getByText('Assessment failed').waitFor();
      await screenshot(desk.visitor.page, 'desk-shield-failed');
    },
    STORY_MS,
  );
});
