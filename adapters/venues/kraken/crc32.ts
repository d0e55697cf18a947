const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

const BEGUN = 0xffffffff;

/** CRC-32 (IEEE 802.3, as zlib's) of ASCII text, as an unsigned number. */
export function crc32(text: string): number {
  let crc = BEGUN;
  for (let index = 0; index < text.length; index++) crc = withByte(crc, text.charCodeAt(index));
  return (crc ^ BEGUN) >>> 0;
}

const withByte = (crc: number, byte: number): number => (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] as number);

/** A piece of a text whose checksum is made of those of its pieces. */
export type Piece = { readonly crc: number; readonly length: number };

const [POINT, ZERO] = [46, 48] as const;

/** The digits of these two numbers, one after the other, each without its point and without zeros before it. */
export function pieceOf(price: string, qty: string): Piece {
  let crc = 0;
  let length = 0;
  for (let number = 0; number < 2; number++) {
    const text = number === 0 ? price : qty;
    let isBegun = false;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      isBegun ||= code !== ZERO && code !== POINT;
      if (!isBegun || code === POINT) continue;
      crc = withByte(crc, code);
      length += 1;
    }
  }
  return { crc, length };
}

/** The checksum of a text, piece by piece: of what each does to the register alone, and to what was there before it. */
export class JoinedCrc {
  private crc = BEGUN;

  add({ crc, length }: Piece): void {
    const tables = tablesOf(length);
    const { crc: before } = this;
    this.crc =
      crc ^
      (tables[before & 0xff] as number) ^
      (tables[256 + ((before >>> 8) & 0xff)] as number) ^
      (tables[512 + ((before >>> 16) & 0xff)] as number) ^
      (tables[768 + (before >>> 24)] as number);
  }

  value = (): number => (this.crc ^ BEGUN) >>> 0;
}

/** By length: what so many zero bytes make of each of the four bytes of the register. */
const TABLES: Uint32Array[] = [];

function tablesOf(length: number): Uint32Array {
  const known = TABLES[length];
  if (known) return known;
  const made = Uint32Array.from({ length: 1_024 }, (_, at) => {
    let crc = (at & 0xff) << (8 * (at >>> 8));
    for (let byte = 0; byte < length; byte++) crc = withByte(crc, 0);
    return crc;
  });
  TABLES[length] = made;
  return made;
}
