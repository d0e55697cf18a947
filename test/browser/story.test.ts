import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { Market } from '../fixtures/platform/market';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch, overflowOf, type Screen, screenshot, seriousFindings, type Theme } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 180_000;

/** Each story moves an instrument of its own, so that none decides another's verdict. */
const FALLING = { id: 'ETH-USD', title: /^ETH/ };
const RISING = { id: 'SOL-USD', title: /^SOL/ };

/** Goal: the main job as somebody does it who has a browser and reads what it says. */
describe('the story in a browser', () => {
  const facts = platform();
  const market = new Market(facts.venueControl);
  /** Reads prices; trades nothing. */
  const onlooker = new Trader(facts);
  let browser: Browser;
  let rules = { startingUsd: '0', activity: { tradesMin: 0 } };
  let tier: { name: string; phases: { rules: { startingUsd: string; activity: { tradesMin: number } } }[] };

  beforeAll(async () => {
    browser = await launch();
    await market.freeze();
    await onlooker.register();
    tier = (await onlooker.call('GET', '/tiers')).body.tiers[0];
    rules = tier.phases[0]?.rules ?? rules;
  }, STORY_MS);
  afterAll(() => browser.close());

  const atTheDesk = async (screen: Screen, theme: Theme) => {
    const context = await contextFor(browser, screen, theme);
    const visitor = new Visitor(await context.newPage(), facts);
    const email = `v-${uuidv7()}@example.com`;
    await visitor.register(email);
    await visitor.verify(email);
    await visitor.signIn(email);
    await visitor.buy(tier.name);
    return visitor;
  };

  /** Nearly twice the account's size, in tenths. */
  const size = (ask: number): string => `${Math.floor(((1.9 * Number(rules.startingUsd)) / ask) * 10) / 10}`;

  test(
    'register, verify, buy, trade, and fail when the price drops; the violation is shown with its evidence',
    async () => {
      const visitor = await atTheDesk('desktop', 'dark');
      const { page } = visitor;
      await visitor.trade('Buy', '0.001');
      await visitor
        .panel('Positions')
        .getByRole('rowheader', { name: /BTC Long/ })
        .waitFor();
      await visitor.select(FALLING.title);
      const { ask } = await market.touch(onlooker, FALLING.id);
      await visitor.trade('Buy', size(ask));
      await visitor
        .panel('Events')
        .getByText(/Bought .* ETH/)
        .waitFor();
      await screenshot(page, 'desk-trading');
      await market.move(onlooker, FALLING.id, ask * 0.94);
      await page.getByRole('alert').getByText('Assessment failed').waitFor();
      await visitor
        .panel('Events')
        .getByText(/broken: .* used of/)
        .waitFor();
      expect(await visitor.panel('Order ticket').getByRole('button', { name: /^Buy/ }).isDisabled()).toBe(true);
      await visitor.link('See the report').waitFor();
      await screenshot(page, 'desk-failed');
      expect(await seriousFindings(page)).toEqual([]);
      await market.move(onlooker, FALLING.id, ask);
      await visitor.link('See the report').click();
      await page.getByText(/^Failed: .* was broken/).waitFor();
      await screenshot(page, 'report-failed');
      expect(await seriousFindings(page)).toEqual([]);
      await visitor.link('Check the evidence').click();
      await page.getByText('✓ The bytes on this page are the bytes that were stored').waitFor();
      await page.getByRole('row', { name: /· broken/ }).waitFor();
      await page.getByRole('row', { name: /^Room / }).waitFor();
      await page.getByText(`${FALLING.id}, one-minute candles of the mid`).waitFor();
      const text = await downloaded(visitor, 'Download the evidence', 'utf8');
      await page.getByText(createHash('sha256').update(text).digest('hex')).first().waitFor();
      const evidence = JSON.parse(text);
      expect(evidence.judgement.verdict).toBe('failed');
      expect(evidence.quotes.map(({ instrument }: { instrument: string }) => instrument)).toContain(FALLING.id);
      await screenshot(page, 'evidence-failed');
      expect(await seriousFindings(page)).toEqual([]);
      await page.context().close();
    },
    STORY_MS,
  );

  test(
    'buy, trade, reach the target on a phone, pass, and download the report',
    async () => {
      const visitor = await atTheDesk('phone', 'light');
      const { page } = visitor;
      await visitor.select(RISING.title);
      const { ask } = await market.touch(onlooker, RISING.id);
      await visitor.trade('Buy', size(ask));
      await market.move(onlooker, RISING.id, ask * 1.09);
      await visitor.panel('Positions').getByText(/^\+\$/).waitFor();
      await visitor.button('Close position in SOL').click();
      await visitor.panel('Positions').getByText('No open position.').waitFor();
      for (let trade = 1; trade < rules.activity.tradesMin; trade++) {
        await visitor.trade('Buy', '1');
        await visitor.trade('Sell', '1');
      }
      await page.getByRole('alert').getByText('Assessment passed').waitFor();
      await visitor.link('See the report').waitFor();
      await screenshot(page, 'desk-passed-phone');
      await market.move(onlooker, RISING.id, ask);
      await visitor.link('See the report').click();
      await page.getByText(/^Passed on .* with a profit of/).waitFor();
      expect((await downloaded(visitor, 'Report as PDF')).slice(0, 5)).toBe('%PDF-');
      expect(await downloaded(visitor, 'Report as HTML')).toContain('<svg');
      await screenshot(page, 'report-passed-phone');
      await visitor.link('Check the evidence').click();
      await page.getByText('✓ The bytes on this page are the bytes that were stored').waitFor();
      await page.getByRole('row', { name: /^Profit needed / }).waitFor();
      expect(await overflowOf(page)).toBe(0);
      await screenshot(page, 'evidence-passed-phone');
      await page.context().close();
    },
    STORY_MS,
  );
});

/** Presses the button and reads the file that the browser saves. */
async function downloaded(visitor: Visitor, button: string, encoding: BufferEncoding = 'latin1'): Promise<string> {
  const waiting = visitor.page.waitForEvent('download');
  await visitor.button(button).click();
  return readFileSync(await (await waiting).path(), encoding);
}
