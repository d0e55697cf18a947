import type { Browser } from 'playwright-core';
import { Market } from '../fixtures/platform/market';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch } from './browser';
import { Visitor } from './visitor';

export const STORY_MS = 180_000;

/** What a story of one trader at a desk is told by. */
export type FrozenDesk = {
  readonly trader: Trader;
  readonly market: Market;
  readonly visitor: Visitor;
  /** The account as the API tells it. */
  readonly account: () => Promise<Awaited<ReturnType<Trader['call']>>['body']>;
};

/**
 * A trader with a sprint in front of the desk, while prices stand still: for the stories of one `describe`. `undo` takes
 * back what they did to the venues, whatever came of them.
 */
export function frozenDesk(undo: (desk: FrozenDesk) => Promise<void>): FrozenDesk {
  const facts = platform();
  const trader = new Trader(facts);
  const market = new Market(facts.venueControl);
  let browser: Browser;
  let visitor: Visitor;
  const desk: FrozenDesk = {
    trader,
    market,
    get visitor() {
      return visitor;
    },
    account: async () => (await trader.call('GET', `/assessments/${trader.assessmentId}`)).body.account,
  };
  beforeAll(async () => {
    browser = await launch();
    await market.freeze();
    await trader.register();
    await trader.buy('sprint-10k');
    visitor = new Visitor(await (await contextFor(browser, 'desktop', 'light')).newPage(), facts);
    await visitor.signIn(trader.email, `/desk/?assessment=${trader.assessmentId}`);
    await visitor.page.getByText('Live', { exact: true }).waitFor();
  }, STORY_MS);
  afterAll(async () => {
    await undo(desk);
    await browser.close();
  });
  return desk;
}
