/** Why a file of candles cannot be read, in one line: where, what is there, what should be. */
export class CandleFault extends Error {
  constructor(place: string, complaint: string) {
    super(`${place}: ${complaint}`);
    this.name = 'CandleFault';
  }
}

export const lineFault = (line: number, complaint: string): CandleFault => new CandleFault(`line ${line}`, complaint);
