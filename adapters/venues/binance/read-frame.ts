import { type BinanceFrame, readAnyFrame } from './frames';
import { readPlainFrame } from './plain-frames';

/** A frame of the venue, however it is written. */
export const readFrame = (text: string): BinanceFrame | undefined => readPlainFrame(text) ?? readAnyFrame(text);
