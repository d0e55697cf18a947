import { type KalshiFrame, readAnyFrame } from './frames';
import { readPlainFrame } from './plain-frames';

/** A frame of the venue, however it is written. */
export const readFrame = (text: string): KalshiFrame | undefined => readPlainFrame(text) ?? readAnyFrame(text);
