import type { Browser } from 'playwright-core';
import { Market } from '../fixtures/platform/market';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch, overflowOf, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 180_000;
const INSTRUMENT = 'BTC-USD';

/** Goal: orders that wait are placed, seen, changed and cancelled where a trader looks for them. */
describe('orders on the desk', () => {
  const facts = platform();
  const trader = new Trader(facts);
  const market = new Market(facts.venueControl);
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    browser = await launch();
    await market.freeze();
    await trader.register();
    const [tier] = (await trader.call('GET', '/tiers')).body.tiers;
    await trader.buy(tier.slug);
    const context = await contextFor(browser, 'desktop', 'light');
    visitor = new Visitor(await context.newPage(), facts);
    await visitor.signIn(trader.email, `/desk/?assessment=${trader.assessmentId}`);
    await visitor.page.getByText('Live', { exact: true }).waitFor();
    await visitor.select(/^BTC/);
  }, STORY_MS);
  afterAll(() => browser.close());

  /** Whole dollars are on every tick. */
  const awayFrom = (price: number, share: number) => `${Math.round(price * share)}`;
  const ticket = () => visitor.panel('Order ticket');
  const openOrders = () => visitor.panel('Open orders');

  test(
    'a limit order with exits is previewed, rests, is changed and cancelled',
    async () => {
      const { bid } = await market.touch(trader, INSTRUMENT);
      const [price, lower] = [awayFrom(bid, 0.97), awayFrom(bid, 0.96)];
      await visitor.write('Buy', 'Limit', { Quantity: '0.01', 'Limit price': price });
      await ticket().getByText('Take profit and stop loss').click();
      await ticket().getByLabel('Take profit').fill(awayFrom(bid, 1.05));
      await ticket().getByLabel('Stop loss').fill(awayFrom(bid, 0.9));
      await ticket().getByText('Fills now').waitFor();
      expect(await ticket().getByRole('definition').allInnerTexts()).toEqual(
        expect.arrayContaining(['Nothing', '0.01']),
      );
      await screenshot(visitor.page, 'ticket-preview');
      await visitor.submit('Buy');
      await ticket()
        .getByText(/^Placed: Buy 0\.01 BTC, limit at/)
        .waitFor();
      const row = openOrders().getByRole('row', { name: /Buy BTC Limit at .* take profit .* stop loss/ });
      await row.waitFor();
      await screenshot(visitor.page, 'desk-orders');
      expect(await seriousFindings(visitor.page)).toEqual([]);
      await row.getByRole('button', { name: /^Change/ }).click();
      await openOrders().getByLabel('Limit price', { exact: true }).fill(lower);
      await openOrders().getByText('Fills now').waitFor();
      await screenshot(visitor.page, 'desk-amending');
      expect(await seriousFindings(visitor.page)).toEqual([]);
      await openOrders().getByRole('button', { name: 'Save change' }).click();
      const shown = Number(lower).toLocaleString('en-US', { minimumFractionDigits: 2 });
      await openOrders()
        .getByRole('rowheader', { name: new RegExp(`Limit at ${shown}`) })
        .waitFor();
      await openOrders()
        .getByRole('button', { name: /^Cancel order/ })
        .click();
      await openOrders().getByText('No order is waiting.').waitFor();
      await visitor
        .panel('Events')
        .getByText(/^Order ended .*: as you asked$/)
        .waitFor();
    },
    STORY_MS,
  );

  test(
    'exits begin to work with their entry, and closing all leaves nothing behind',
    async () => {
      const { ask } = await market.touch(trader, INSTRUMENT);
      await visitor.write('Buy', 'Limit', { Quantity: '0.01', 'Limit price': awayFrom(ask, 1.01) });
      await ticket().getByText('Take profit and stop loss').click();
      await ticket().getByLabel('Take profit').fill(awayFrom(ask, 1.05));
      await ticket().getByLabel('Stop loss').fill(awayFrom(ask, 0.95));
      await visitor.submit('Buy');
      await ticket()
        .getByText(/^Bought 0\.01 BTC/)
        .waitFor();
      await openOrders()
        .getByRole('rowheader', { name: /Sell BTC Limit at .* exit of an entry/ })
        .waitFor();
      await openOrders()
        .getByRole('rowheader', { name: /Sell BTC Stop at .* exit of an entry/ })
        .waitFor();
      await screenshot(visitor.page, 'desk-exits');
      await visitor.button('Close all and cancel orders').click();
      await visitor.panel('Positions').getByText('No open position.').waitFor();
      await openOrders().getByText('No order is waiting.').waitFor();
    },
    STORY_MS,
  );

  test(
    'a refusal stands at its field, and a trailing stop only reduces',
    async () => {
      await visitor.write('Buy', 'Market', { Quantity: '1000' });
      await ticket().locator('.field-faulty').getByText(/\S/).first().waitFor();
      await visitor.trade('Buy', '0.01');
      await visitor.write('Sell', 'Trailing stop', { Quantity: '0.01', Distance: '2' });
      await ticket().getByLabel('Distance in').selectOption('Per cent');
      await ticket().getByLabel('Reduce only').check();
      await visitor.submit('Sell');
      await openOrders()
        .getByRole('rowheader', { name: /Sell BTC Trailing stop, 2\s%/ })
        .waitFor();
      await visitor.page.setViewportSize({ width: 390, height: 844 });
      expect(await overflowOf(visitor.page)).toBe(0);
      await screenshot(visitor.page, 'desk-orders-phone');
      await visitor.button('Cancel all').click();
      await openOrders().getByText('No order is waiting.').waitFor();
    },
    STORY_MS,
  );
});
