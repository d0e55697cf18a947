import { mostUsed } from './most-used';

/** What a guesser would try first for this person: the address, the name, and ours. */
export type PasswordContext = { readonly email?: string | undefined; readonly displayName?: string | undefined };

const PASSWORD_CHARACTERS_MIN = 12;
const PASSWORD_CHARACTERS_MAX = 128;

const SITE = ['proving', 'ground', 'provingground', 'assessment'];
/** Below 2^30 guesses a password falls to whoever copies the table of hashes and has a weekend. */
const BITS_MIN = 30;
/** A character about which nothing is known. zxcvbn counts ten guesses, too; see docs/adr/0027. */
const BITS_UNKNOWN = Math.log2(10);

const REASONS = {
  context: 'must not be built from your address, your name or the name of this site',
  common: 'must not be built from a password that many people use',
  repeated: 'must not be a few characters over and over',
  row: 'must not be built from neighbours such as 12345 or qwerty',
  date: 'must not be little more than a date',
  unknown: 'is too easy to guess; add another word or two',
} as const;

type Kind = keyof typeof REASONS;
type Piece = { readonly length: number; readonly bits: number; readonly kind: Kind };
type Path = { readonly bits: number; readonly covered: Readonly<Partial<Record<Kind, number>>> };

/**
 * The rule that a new password breaks, in words that follow "the password"; undefined when it is good. The same
 * function decides on the platform and hints in the browser. Passwords are compared as they were typed: only two
 * spellings of the very same character (Unicode's NFC) count as one.
 */
export function passwordFault(password: string, context: PasswordContext = {}): string | undefined {
  const text = password.normalize('NFC');
  if ([...text].length < PASSWORD_CHARACTERS_MIN) return `must have at least ${PASSWORD_CHARACTERS_MIN} characters`;
  if (password.length > PASSWORD_CHARACTERS_MAX) return `must have at most ${PASSWORD_CHARACTERS_MAX} characters`;
  if (/[\p{Cc}\p{Cs}]/u.test(text)) return 'must not hold control characters or broken ones';
  const { bits, covered } = easiestPath(text, wordsOf(context));
  if (bits >= BITS_MIN) return undefined;
  const [[kind] = ['unknown' as const]] = (Object.entries(covered) as [Kind, number][]).sort(
    ([, one], [, other]) => other - one,
  );
  return REASONS[kind];
}

/** Every part of an address and a name that has three letters, and the wholes without what stands between. */
function wordsOf({ email = '', displayName = '' }: PasswordContext): ReadonlySet<string> {
  const texts = [email, displayName].map((text) => text.normalize('NFC').toLowerCase());
  const parts = texts.flatMap((text) => text.split(/[^\p{L}\p{M}\p{N}]+/u));
  const wholes = texts.flatMap((text) => [text, text.replace(/[^\p{L}\p{M}\p{N}]+/gu, '')]);
  return new Set([...SITE, ...parts, ...wholes].filter((word) => word.length >= 3));
}

/** The cheapest way to put the password together from what guessers try: a path to each character in turn. */
function easiestPath(text: string, context: ReadonlySet<string>): Path {
  const lower = text.toLowerCase();
  // A letter whose small form is longer would shift every place after it.
  const plain = lower.length === text.length ? lower : text;
  const paths: (Path | undefined)[] = [{ bits: 0, covered: {} }];
  for (let start = 0; start < text.length; start++) {
    const from = paths[start];
    if (!from) continue;
    for (const { length, bits, kind } of piecesAt(text, plain, start, context)) {
      const sum = from.bits + bits;
      const known = paths[start + length];
      if (known && known.bits <= sum) continue;
      const covered = { ...from.covered, [kind]: (from.covered[kind] ?? 0) + length };
      paths[start + length] = { bits: sum, covered: kind === 'unknown' ? from.covered : covered };
    }
  }
  return paths[text.length] as Path;
}

function piecesAt(text: string, plain: string, start: number, context: ReadonlySet<string>): readonly Piece[] {
  const rest = plain.slice(start);
  return [
    { length: 1, bits: BITS_UNKNOWN, kind: 'unknown' },
    ...wordPieces(text.slice(start), rest, context),
    ...repeatedPieces(rest, context),
    ...rowPieces(rest),
    ...datePieces(rest),
  ];
}

const WORD_LENGTH_MAX = 40;
/** Letters that people write as figures, read back. */
const FIGURES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '8': 'b',
  '3': 'e',
  '6': 'g',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
  '+': 't',
  '2': 'z',
};
const lettersOf = (text: string): string => text.replace(/[@!$+0-9]/g, (figure) => FIGURES[figure] ?? figure);

function wordPieces(text: string, plain: string, context: ReadonlySet<string>): readonly Piece[] {
  const pieces: Piece[] = [];
  const letters = lettersOf(plain);
  for (let length = 3; length <= Math.min(plain.length, WORD_LENGTH_MAX); length++) {
    const word = plain.slice(0, length);
    const read = letters.slice(0, length);
    const isTyped = text.startsWith(word);
    if (context.has(word) || context.has(read)) pieces.push({ length, bits: 1, kind: 'context' });
    const rank = mostUsed().get(word) ?? mostUsed().get(read);
    if (rank === undefined) continue;
    pieces.push({ length, bits: Math.log2(rank + 1) + (isTyped ? 0 : 1) + (word === read ? 0 : 1), kind: 'common' });
  }
  return pieces;
}

/** `aaaa`, `xyxyxy`, `passpasspass`: what is repeated, and how often. */
function repeatedPieces(rest: string, context: ReadonlySet<string>): readonly Piece[] {
  for (let period = 1; period <= rest.length / 2; period++) {
    const block = rest.slice(0, period);
    let times = 1;
    while (rest.startsWith(block, times * period)) times++;
    if (times * period < 3 || times === 1) continue;
    const bits = period === 1 ? BITS_UNKNOWN : easiestPath(block, context).bits;
    // Also when the last round is broken off: every number of rounds is a piece of its own.
    return Array.from({ length: times - 1 }, (_, n) => n + 2).map((count) => ({
      length: count * period,
      bits: bits + Math.log2(count),
      kind: 'repeated' as const,
    }));
  }
  return [];
}

const ROWS = ['qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'zxcvbnm', 'yxcvbnm', '1234567890', '!@#$%^&*()'];
const BOTH_WAYS = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(''))];
/** Which row, from where, which way. */
const BITS_ROW = 6;

function rowPieces(rest: string): readonly Piece[] {
  const step = rest.charCodeAt(1) - rest.charCodeAt(0);
  let length = 2;
  while (rest.charCodeAt(length) - rest.charCodeAt(length - 1) === step) length++;
  const inOrder = Math.abs(step) === 1 ? length : 0;
  const onKeys = BOTH_WAYS.map((row) => sharedLength(row.slice(row.indexOf(rest.charAt(0))), rest));
  const longest = Math.max(inOrder, ...onKeys);
  return longest < 3 ? [] : [{ length: longest, bits: BITS_ROW, kind: 'row' }];
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

/** A year of a century, or a day of one: `2024`, `24.12.1999`, `19991224`. */
const DAY = /^(?:\d{1,2}[-./ ]?\d{1,2}[-./ ]?(?:19|20)\d\d|(?:19|20)\d\d[-./ ]?\d{1,2}[-./ ]?\d{1,2})/;
const BITS_DAY = 15;
const BITS_YEAR = 7;

function datePieces(rest: string): readonly Piece[] {
  const day = DAY.exec(rest)?.[0].length;
  const isYear = /^(?:19|20)\d\d/.test(rest);
  return [
    ...(day === undefined ? [] : [{ length: day, bits: BITS_DAY, kind: 'date' as const }]),
    ...(isYear ? [{ length: 4, bits: BITS_YEAR, kind: 'date' as const }] : []),
  ];
}
