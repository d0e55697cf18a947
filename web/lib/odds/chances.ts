import type { Odds } from '../contract';
import { percent, shareText } from '../display';
import { readPpm } from '../read-decimal';

export type Chance = Odds['passed'];

const ONE = 1_000_000n;
/** Half of a tenth of a per cent: what is rounded to nothing or to all is neither. */
const TRACE = 500n;

/** A chance to a tenth of a per cent. What may come, if hardly ever, is never told as "0 %", nor as "100 %" what may not. */
export function shareOf(share: string): string {
  const ppm = readPpm(share);
  if (ppm > 0n && ppm < TRACE) return '<\u00a00.1\u00a0%';
  if (ppm < ONE && ppm >= ONE - TRACE) return '>\u00a099.9\u00a0%';
  return shareText(share);
}

/** "38 % to 44 %": where the chance lies for 95 of 100 such simulations. */
export const intervalText = ({ low, high }: Chance): string => `${shareOf(low)} to ${shareOf(high)}`;

export const chanceText = (chance: Chance): string => `${shareOf(chance.share)} (${intervalText(chance)})`;

/** Paths of all paths, as people write a share. */
export const partText = (paths: number, of: number): string => percent(BigInt(paths), BigInt(of));

/** "½×", "1¼×", "0.83×": how many times the size that is traded, to a hundredth and never more than it is. */
export function sizeText(size: string): string {
  const ppm = readPpm(size);
  const [whole, rest] = [ppm / 1_000_000n, ppm % 1_000_000n];
  const part = QUARTERS[String(rest)];
  if (part === undefined) {
    const hundredths = rest / 10_000n;
    const short = `${whole}.${String(hundredths).padStart(2, '0').replace(/0$/, '')}`;
    return `${hundredths === 0n ? size : short}×`;
  }
  return `${whole === 0n && part !== '' ? '' : whole}${part}×`;
}

const QUARTERS: Readonly<Record<string, string>> = { '0': '', '250000': '¼', '500000': '½', '750000': '¾' };

export const isAsTraded = ({ size }: Odds['sizes'][number]): boolean => readPpm(size) === ONE;

export type SizeChange = {
  readonly sentence: string;
  readonly tone: 'gain' | 'loss' | undefined;
  readonly title: string;
};

/**
 * What a size does to the odds. Where the two intervals overlap the difference may be chance, and no direction is
 * claimed.
 */
export function sizeChange(sizes: Odds['sizes']): SizeChange | undefined {
  const now = sizes.find(isAsTraded);
  const other = sizes.find((each) => !isAsTraded(each));
  if (!now) return undefined;
  if (!other) {
    return {
      sentence: `This is the size that you trade: your odds stay at ${shareOf(now.passed.share)}.`,
      tone: undefined,
      title: `At your size ${chanceText(now.passed)}`,
    };
  }
  const title = `At your size ${chanceText(now.passed)}, at this size ${chanceText(other.passed)}`;
  const [before, after] = [shareOf(now.passed.share), shareOf(other.passed.share)];
  if (readPpm(other.passed.high) < readPpm(now.passed.low)) {
    return { sentence: `This size lowers your odds from ${before} to ${after}.`, tone: 'loss', title };
  }
  if (readPpm(other.passed.low) > readPpm(now.passed.high)) {
    return { sentence: `This size raises your odds from ${before} to ${after}.`, tone: 'gain', title };
  }
  const same = before === after ? before : `${before} and ${after}`;
  return {
    sentence: `This size leaves your odds about where they are: ${same}.`,
    tone: undefined,
    title,
  };
}
