import { platform } from '../fixtures/platform/platform';
import { eventually } from '../fixtures/platform/trader';
import { contextFor, overflowOf, screenshot, seriousFindings } from './browser';
import { frozenDesk, STORY_MS } from './frozen-desk';
import { Visitor } from './visitor';

const INSTRUMENT = 'BTC-USD';
/** Ten judgements and more, and five looks at who is silent. */
const LONG_ENOUGH_MS = 6_000;

/** Goal: one venue goes mad, and nobody is filled or failed by it; the desk says which it is, and how far off. */
describe('a desk while one venue is wrong', () => {
  const facts = platform();
  const desk = frozenDesk(async ({ market }) => {
    await market.normal('kraken');
    for (const venue of ['binance', 'coinbase']) await market.silenceOne(venue, false);
  });
  const { market } = desk;
  const held = async () => {
    const { status, positions, orders } = await desk.account();
    return { status, positions: positions.length, orders: orders.length };
  };
  const venues = () => desk.visitor.panel('Venues');
  const ticket = () => desk.visitor.panel('Order ticket');

  test(
    'Kraken alone prints 40 % less: the account, its stop and its drawdown stay as they are, and trading goes on after',
    async () => {
      const { page } = desk.visitor;
      await desk.visitor.select(/^BTC/);
      await venues().getByRole('rowheader', { name: 'Mark' }).waitFor();
      await desk.visitor.trade('Buy', '0.05');
      const { bid } = await market.touch(desk.trader, INSTRUMENT);
      await desk.visitor.write('Sell', 'Stop', { Quantity: '0.05', 'Stop price': `${Math.round(bid * 0.97)}` });
      await desk.visitor.submit('Sell');
      await eventually('the stop rests', async () => ((await held()).orders === 1 ? true : undefined));

      await market.crash('kraken', INSTRUMENT, -40);
      const notice = page.getByText('No order in BTC fills at Kraken now');
      await notice.waitFor();
      await page
        .getByText(/^Kraken is left out: its price is 40 % from the others\. .*valued, by Binance and Coinbase\.$/)
        .waitFor();
      await venues().getByText('Left out: its price is 40 % from the others').waitFor();
      await desk.visitor.write('Buy', 'Market', { Quantity: '0.01' });
      await desk.visitor.submit('Buy');
      await ticket()
        .getByText(/the other venues do not confirm the price of kraken/i)
        .first()
        .waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await screenshot(page, 'desk-one-venue-mad');
      await page.waitForTimeout(LONG_ENOUGH_MS);
      expect(await held()).toEqual({ status: 'active', positions: 1, orders: 1 });

      await market.normal('kraken');
      await notice.waitFor({ state: 'hidden' });
      await venues()
        .getByText(/^Left out/)
        .waitFor({ state: 'hidden' });
      await desk.visitor.trade('Buy', '0.01');
      expect((await held()).status).toBe('active');
    },
    STORY_MS,
  );

  test(
    'with one venue left nobody trades and nobody is judged, and the phone says why',
    async () => {
      const context = await contextFor(desk.visitor.page.context().browser() as never, 'phone', 'dark');
      const phone = new Visitor(await context.newPage(), facts);
      await phone.signIn(desk.trader.email, `/desk/?assessment=${desk.trader.assessmentId}`);
      for (const venue of ['binance', 'coinbase']) await market.silenceOne(venue, true);
      await market.crash('kraken', INSTRUMENT, -40);
      await phone.page.getByText('The price of BTC is unconfirmed').waitFor();
      await phone.page
        .getByText(/Coinbase is left out: (nothing was heard of it for more than 5 seconds|it is not connected)/)
        .waitFor();
      await desk.visitor.write('Buy', 'Market', { Quantity: '0.01' });
      await desk.visitor.submit('Buy');
      await ticket()
        .getByText(/fewer than 2 venues agree on its price/i)
        .first()
        .waitFor();
      expect(await seriousFindings(phone.page)).toEqual([]);
      expect(await overflowOf(phone.page)).toBe(0);
      await screenshot(phone.page, 'desk-unconfirmed-phone');
      await phone.page.waitForTimeout(LONG_ENOUGH_MS);
      expect(await held()).toEqual({ status: 'active', positions: 1, orders: 1 });

      await market.normal('kraken');
      for (const venue of ['binance', 'coinbase']) await market.silenceOne(venue, false);
      await phone.page.getByText('The price of BTC is unconfirmed').waitFor({ state: 'hidden' });
      await context.close();
    },
    STORY_MS,
  );
});
