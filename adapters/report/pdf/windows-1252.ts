import { unlinked } from '../unlinked';

/**
 * Text as the codes of Windows-1252, which the standard fonts of PDF are asked to use (WinAnsiEncoding). The minus sign
 * becomes an en dash, as wide as a digit; an accent that the code page lacks goes; what is left unknown shows as `?`.
 */
export const encoded = (text: string): readonly number[] => [...unlinked(text).normalize('NFC')].flatMap(codesOf);

/** Whether the fonts have every character as it is, no accent lost: a name is not to be written otherwise. */
export const isWritable = (text: string): boolean =>
  [...text.normalize('NFC')].every((character) => codeOf(character) !== undefined || LIKE[character] !== undefined);

/** The codes 128 to 159, where the code page differs from Unicode; a space marks the five that are not taken. */
const MIDDLE = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const MIDDLE_FROM = 128;

const LIKE: Readonly<Record<string, string>> = {
  '−': '–',
  '≤': '<=',
  '≥': '>=',
  '→': '->',
  '\u202f': '\u00a0',
  '\u2011': '-',
  '\t': ' ',
  '\n': ' ',
};

function codesOf(character: string): readonly number[] {
  const like = LIKE[character];
  if (like !== undefined) return [...like].flatMap(codesOf);
  const code = codeOf(character);
  if (code !== undefined) return [code];
  const [base, ...marks] = character.normalize('NFD');
  const plain = marks.length > 0 && base !== undefined ? codeOf(base) : undefined;
  return [plain ?? UNKNOWN];
}

const UNKNOWN = 0x3f;

function codeOf(character: string): number | undefined {
  const point = character.codePointAt(0) ?? 0;
  if ((point >= 0x20 && point <= 0x7e) || (point >= 0xa0 && point <= 0xff)) return point;
  const index = MIDDLE.indexOf(character);
  return index < 0 ? undefined : MIDDLE_FROM + index;
}
