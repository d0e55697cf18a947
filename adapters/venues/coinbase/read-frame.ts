import { type CoinbaseFrame, readAnyFrame } from './frames';
import { readPlainFrame } from './plain-frames';

/** A frame of the venue, however it is written. */
export const readFrame = (text: string): CoinbaseFrame => readPlainFrame(text) ?? readAnyFrame(text);
