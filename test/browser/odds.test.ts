import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { DEMO_USERS } from '../../local/demo-users';
import { isRayInstalled } from '../../local/install/ray';
import { Market } from '../fixtures/platform/market';
import { platform } from '../fixtures/platform/platform';
import { eventually, Trader } from '../fixtures/platform/trader';
import { contextFor, launch, overflowOf, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 300_000;
const STUDY_MS = 120_000;
const BTC = 'BTC-USD';
const TRADES = 12;
const [, ADMIN] = DEMO_USERS;
/** The platform plays simulations where Ray was installed for it. */
const HAS_RAY = isRayInstalled(process.cwd());

/** Goal: a trader learns, without a reload, what the own trading may come to, or what is wrong with the question. */
describe('the odds', () => {
  const facts = platform();
  const trader = new Trader(facts);
  const market = new Market(facts.venueControl);
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    browser = await launch();
    await trader.register();
    await market.freeze();
    await trader.buy('sprint-10k');
    visitor = new Visitor(await (await contextFor(browser, 'desktop', 'light')).newPage(), facts);
    await visitor.signIn(trader.email, '/assessments/');
    await visitor.link(/^Odds of/).click();
    await visitor.page.waitForURL('**/odds/?assessment=*');
  }, STORY_MS);
  afterAll(() => browser.close());

  const form = () => visitor.page.getByRole('form', { name: 'Ask for the odds' });
  const ask = () => form().getByRole('button', { name: 'Ask for the odds' }).click();

  test(
    'what nobody could mean is refused beside its field before anything is sent',
    async () => {
      const { page } = visitor;
      await form().getByRole('button', { name: 'Typed in' }).click();
      await form().getByLabel('Trades won, %').fill('100');
      await form().getByLabel('Trading days').fill('1000');
      await ask();
      await form().getByText('Must be above 0 and below 100').waitFor();
      await form().getByText('Must be at most 365').waitFor();
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).labels?.[0]?.textContent)).toBe(
        'Trades won, %',
      );
      await form().getByRole('button', { name: 'A file' }).click();
      await form()
        .locator('input[type="file"]')
        .setInputFiles({ name: 'all.csv', mimeType: 'text/csv', buffer: Buffer.alloc(1_500_001, '1') });
      await form().getByText('all.csv has 1.6 MB; at most 1.4 MB are read').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await screenshot(page, 'odds-refused');
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await overflowOf(page)).toBe(0);
      await screenshot(page, 'odds-refused-phone');
      await page.setViewportSize({ width: 1440, height: 900 });
      await form().getByLabel('Trading days').fill('30');
    },
    STORY_MS,
  );

  test(
    HAS_RAY ? 'who has traded asks, sees it go on, and reads the odds' : 'who has no Ray reads how to switch it on',
    async () => {
      const { page } = visitor;
      await form().getByRole('button', { name: 'My trades' }).click();
      await ask();
      if (!HAS_RAY) {
        await form().getByText('npm start -- --ray').waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        return;
      }
      await form().getByText('10 more are needed').waitFor();
      await screenshot(page, 'odds-too-few');
      await tradeSome();
      await ask();
      await page.getByRole('progressbar', { name: 'Progress of the study' }).waitFor();
      await screenshot(page, 'odds-progress');
      await visitor.panel('Chance of passing').waitFor({ timeout: STUDY_MS });
      await page.getByRole('img', { name: /^Chance of passing: \d/ }).waitFor();
      await visitor.panel('Edge or luck').getByText(`These ${TRADES} trades are too few`).waitFor();
      const ends = visitor.panel('What ends it, and when');
      await ends.getByText('As a table').click();
      await ends.getByRole('columnheader', { name: 'Trading day' }).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await screenshot(page, 'odds');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        visitor.button('All tables as CSV').click(),
      ]);
      const file = readFileSync(await download.path(), 'utf8');
      expect(file).toMatch(/^How to play it again\r\nWhat,Value\r\nStudy,[0-9a-f-]{36}\r\n/);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await overflowOf(page)).toBe(0);
      await screenshot(page, 'odds-phone');
      await page.setViewportSize({ width: 1440, height: 900 });
      await visitor
        .panel('Asked before')
        .getByText(/\) pass$/)
        .waitFor();
      const seed = /\r\nSeed,(\d+)\r\n/.exec(file)?.[1];
      await visitor.button('Play again with this seed').click();
      await visitor.panel('Chance of passing').waitFor({ timeout: STUDY_MS });
      expect(await form().getByLabel('Seed', { exact: true }).inputValue()).toBe(seed);
    },
    STORY_MS,
  );

  test(
    'a ticket says what its size does to the odds, and that it needs a stop',
    async () => {
      await visitor.open(`/desk/?assessment=${trader.assessmentId}`);
      await visitor.page.getByText('Live', { exact: true }).waitFor();
      await visitor.select(/^BTC/);
      const ticket = visitor.panel('Order ticket');
      const odds = ticket.getByRole('button', { name: 'Odds at this size' });
      await visitor.write('Buy', 'Market', { Quantity: '0.01' });
      await odds.click();
      await ticket.getByText('Odds need a stop loss').waitFor();
      const { ask: price } = await market.touch(trader, BTC);
      await ticket.getByText('Take profit and stop loss').click();
      await ticket.getByLabel('Stop loss', { exact: true }).fill(`${Math.floor(price * 0.97)}`);
      // The answer to the ticket as it was is gone.
      expect(await ticket.getByText('Odds need a stop loss').count()).toBe(0);
      await ticket.getByText(/^Its exit at/).waitFor();
      await odds.click();
      const said = HAS_RAY
        ? /^This (size (lowers|raises|leaves) your odds|is the size that you trade)/
        : /npm start -- --ray/;
      await ticket.getByText(said).waitFor({ timeout: STUDY_MS });
      expect(await seriousFindings(visitor.page)).toEqual([]);
      await screenshot(visitor.page, 'odds-ticket');
      await ticket.getByLabel('Quantity', { exact: true }).fill('0.02');
      expect(await ticket.getByText(said).count()).toBe(0);
    },
    STORY_MS,
  );

  test(
    'a firm plays a tier against a mix of traders before it sells it',
    async () => {
      const firm = new Visitor(await (await contextFor(browser, 'desktop', 'light')).newPage(), facts);
      await firm.signIn(ADMIN.email, '/admin/tiers/', ADMIN.password);
      await firm
        .button(/^Change/)
        .first()
        .click();
      const cost = firm.panel('What it would cost');
      await cost.getByRole('button', { name: 'Add a strategy' }).click();
      const added = cost.getByRole('group', { name: 'Strategy 4' });
      await added.getByLabel('Weight').fill('0');
      await cost.getByRole('button', { name: 'Simulate the draft' }).click();
      await added.getByText('Must be greater than zero').waitFor();
      await added.getByRole('button', { name: /^Leave it out/ }).click();
      await cost.getByRole('button', { name: 'Simulate the draft' }).click();
      if (HAS_RAY) {
        const told = firm.panel('What it costs the firm');
        await told.getByText('Breaks even at a price of').waitFor({ timeout: STUDY_MS });
        await told.getByRole('rowheader', { name: 'Strategy 3' }).waitFor();
      } else await cost.getByText('npm start -- --ray').waitFor();
      expect(await seriousFindings(firm.page)).toEqual([]);
      await screenshot(firm.page, 'odds-firm');
    },
    STORY_MS,
  );

  /** Trades that are won and lost in turn. */
  async function tradeSome(): Promise<void> {
    const { ask: start } = await market.touch(trader, BTC);
    for (let trade = 0; trade < TRADES; trade++) {
      await market.move(trader, BTC, start);
      await filled('buy');
      await market.move(trader, BTC, start * (trade % 2 === 0 ? 1.03 : 0.985));
      await filled('sell');
    }
  }

  /** The venues have to agree on a new price before anything fills by it. */
  const filled = (side: 'buy' | 'sell') =>
    eventually(`a ${side} that fills`, async () => {
      const { status, body } = await trader.order(side, BTC, '0.01');
      if (status === 201) return true;
      if (body.refusal !== 'price_unavailable') throw new Error(`${side}: ${status} ${JSON.stringify(body)}`);
      return undefined;
    });
});
