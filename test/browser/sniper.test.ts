import { screenshot, seriousFindings } from './browser';
import { frozenDesk, STORY_MS } from './frozen-desk';

const INSTRUMENT = 'BTC-USD';

/** Goal: a price that only looks alive fills nothing, and whoever pressed the button reads why. */
describe('an order in a market whose venue has fallen silent', () => {
  const desk = frozenDesk(({ market }) => market.silence(false));
  const { market, trader } = desk;
  const ticket = () => desk.visitor.panel('Order ticket');

  test(
    'is refused in words, fills nothing, and goes through once the venue speaks again',
    async () => {
      await desk.visitor.select(/^BTC/);
      await desk.visitor.write('Buy', 'Market', { Quantity: '0.05' });
      await market.silence(true);
      // The book is a good one and seconds old: of before the order, and that is all that is wrong with it.
      const { quality } = (await trader.call('GET', `/instruments/${INSTRUMENT}/book`)).body;
      expect(quality).toBe('good');
      await desk.visitor.submit('Buy');
      await ticket().getByText('The venue confirmed no price after the order; nothing was filled').waitFor();
      await ticket()
        .getByText(/neither a newer price nor a sign of life within 3 s; what it showed may be gone/)
        .waitFor();
      expect(await seriousFindings(desk.visitor.page)).toEqual([]);
      await screenshot(desk.visitor.page, 'desk-sniper');
      await desk.visitor.panel('Positions').getByText('No open position.').waitFor();
      expect(await desk.account()).toMatchObject({ status: 'active', positions: [], orders: [] });
      expect((await trader.call('GET', `/accounts/${trader.accountId}/trades`)).body.trades).toEqual([]);
      await market.silence(false);
      await market.touch(trader, INSTRUMENT);
      await desk.visitor.trade('Buy', '0.05');
    },
    STORY_MS,
  );
});
