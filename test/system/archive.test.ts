import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openArchive } from '../../runtime/compose/archive-reading';
import type { Stored } from '../../usecases/ports/archive/archive';
import { all } from '../fixtures/archived';
import { Market } from '../fixtures/platform/market';
import { platform } from '../fixtures/platform/platform';
import { eventually, Trader } from '../fixtures/platform/trader';

/** Goal: a minute after somebody was failed, all that was said and told around it is kept for ever, with proof. */
const BTC = 'BTC-USD';
const facts = platform();
const folder = fileURLToPath(facts.archive);

test('what was told and said around a verdict is kept, with the hash that the database has', async () => {
  const market = new Market(facts.venueControl);
  const trader = new Trader(facts);
  await trader.register();
  const { body } = await trader.call('GET', '/tiers');
  await trader.buy(body.tiers[0].slug);
  await market.freeze();
  const { ask } = await market.touch(trader, BTC);
  const { startingUsd } = body.tiers[0].phases[0].rules;
  const size = (Math.floor(((2 * Number(startingUsd)) / ask) * 100) / 100).toFixed(2);
  expect((await trader.order('buy', BTC, size)).status).toBe(201);
  await market.move(trader, BTC, ask * 0.94);
  const ended = await eventually('the verdict', async () => {
    const { body: list } = await trader.call('GET', '/assessments');
    return list.assessments[0].status === 'failed' ? list.assessments[0] : undefined;
  });
  await market.move(trader, BTC, ask);
  const kept = join(folder, 'verdicts', ended.violationId);
  await eventually('the kept window', async () => existsSync(join(kept, 'manifest.json')) || undefined, 150_000);

  const manifest = readFileSync(join(kept, 'manifest.json'));
  const { at, instruments, venues, silent, missing, files } = JSON.parse(manifest.toString());
  expect({ at, instruments, venues, silent }).toEqual({
    at: new Date(ended.endedAt).toISOString(),
    instruments: [BTC],
    venues: ['binance', 'coinbase', 'kraken'],
    silent: [],
  });
  // Nothing is missing but what was before this platform.
  expect(missing.every(({ to }: { to: string }) => Date.parse(to) < Date.parse(at) - 1_000)).toBe(true);
  const shaOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  expect(files.map(({ path }: Stored) => shaOf(readFileSync(join(folder, path))))).toEqual(
    files.map(({ sha256 }: Stored) => sha256),
  );
  expect(files.every(({ rows }: Stored) => rows > 10)).toBe(true);
  expect(await hashInDatabase(ended.violationId)).toBe(shaOf(manifest));

  // The price that failed the account is among what was told.
  const time = Date.parse(at);
  const ticks = await all((await openArchive(facts.archive)).ticks({ from: time - 60_000, to: time + 60_000 }, [BTC]));
  const bids = ticks.map(({ body: text }) => Number(JSON.parse(text).data.bid?.price ?? 0));
  expect(bids.some((bid) => bid > 0 && bid < ask * 0.95)).toBe(true);
}, 240_000);

async function hashInDatabase(verdictId: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: facts.postgres });
  await client.connect();
  const rows = await eventually('the row', async () => {
    const { rows: found } = await client.query('SELECT manifest_sha256 FROM kept_windows WHERE verdict_id = $1', [
      verdictId,
    ]);
    return found.length > 0 ? found : undefined;
  });
  await client.end();
  return rows[0]?.manifest_sha256;
}
