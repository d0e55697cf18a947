import { readAnyFrame as anyBinance } from '../../../adapters/venues/binance/frames';
import { readPlainFrame as plainBinance } from '../../../adapters/venues/binance/plain-frames';
import { readFrame as binance } from '../../../adapters/venues/binance/read-frame';
import { readAnyFrame as anyCoinbase } from '../../../adapters/venues/coinbase/frames';
import { readPlainFrame as plainCoinbase } from '../../../adapters/venues/coinbase/plain-frames';
import { readFrame as coinbase } from '../../../adapters/venues/coinbase/read-frame';
import { readAnyFrame as anyKalshi } from '../../../adapters/venues/kalshi/wire/frames';
import { readPlainFrame as plainKalshi } from '../../../adapters/venues/kalshi/wire/plain-frames';
import { readFrame as kalshi } from '../../../adapters/venues/kalshi/wire/read-frame';
import { readAnyFrame as anyKraken } from '../../../adapters/venues/kraken/frames';
import { readPlainFrame as plainKraken } from '../../../adapters/venues/kraken/plain-frames';
import { readFrame as kraken } from '../../../adapters/venues/kraken/read-frame';
import { readAnyFrame as anyPolymarket } from '../../../adapters/venues/polymarket/wire/frames';
import { readPlainEvent } from '../../../adapters/venues/polymarket/wire/plain-frames';
import { readFrame as polymarket } from '../../../adapters/venues/polymarket/wire/read-frame';
import { SeededRandom } from '../../../local/simulators/truth/random';
import { MUTANT_TOKENS } from '../../fixtures/venues/mutants';
import { VENUES } from '../../fixtures/venues/venue-cases';

type Reader = (text: string) => unknown;
type Readers = { readonly plain: Reader; readonly any: Reader; readonly read: Reader };

const READERS: Readonly<Record<string, Readers>> = {
  kraken: { plain: plainKraken, any: anyKraken, read: kraken },
  coinbase: { plain: plainCoinbase, any: anyCoinbase, read: coinbase },
  kalshi: { plain: plainKalshi, any: anyKalshi, read: kalshi },
  binance: { plain: plainBinance, any: anyBinance, read: binance },
  polymarket: { plain: readPlainEvent, any: anyPolymarket, read: polymarket },
};

const MUTANTS = 10_000;
const DIGITS = ['0', '00', '.', '-', '1e2', '+1', ' ', '\t', '0.', '9'.repeat(16), '\\u0031', '\\"', '\u0007', 'é'];

/** One place of a frame is changed, most often where it stays a frame: digits, signs, fields that come twice. */
function mutant(random: SeededRandom, frames: readonly string[]): string {
  const text = frames[random.whole(0, frames.length - 1)] ?? '';
  const how = random.whole(0, 3);
  if (how === 0) return text;
  const from = random.whole(0, text.length);
  const tokens = how === 1 ? MUTANT_TOKENS : DIGITS;
  const token = tokens[random.whole(0, tokens.length - 1)] ?? '';
  if (how < 3) return text.slice(0, from) + token + text.slice(from + random.whole(0, 2));
  // A field is said again, or said in another place.
  const fields = text.match(/"[a-zA-Z_]+":(?:"[^"]*"|[\d.]+)/g) ?? [''];
  const field = fields[random.whole(0, fields.length - 1)] ?? '';
  const left = random.whole(0, 1) === 0 ? text : text.replace(`${field},`, '');
  const at = left.indexOf(',', Math.min(from, left.length - 1));
  return at < 0 ? left : `${left.slice(0, at)},${field}${left.slice(at)}`;
}

/** Goal: what is read as it stands is what the schemas read, to the last field, and nothing that they refuse. */
test.each(VENUES)('$venue: ten thousand mutants are read alike either way', ({ venue, frames }) => {
  const { plain, any, read } = READERS[venue] as Readers;
  const random = new SeededRandom(20_261_130);
  let plainly = 0;
  for (let count = 0; count < MUTANTS; count++) {
    const text = mutant(random, frames);
    const [seen, meant] = [read(text), any(text)];
    if (plain(text) !== undefined) plainly += 1;
    if (JSON.stringify(seen, sorted) !== JSON.stringify(meant, sorted))
      expect({ text, seen }).toEqual({ text, seen: meant });
  }
  expect(plainly).toBeGreaterThan(MUTANTS / 20);
});

/** Fields in one order, and integers that JSON does not know. */
function sorted(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
