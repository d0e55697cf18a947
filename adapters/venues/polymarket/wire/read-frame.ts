import { type Frame, readAnyFrame } from './frames';
import { readPlainEvent } from './plain-frames';

/** A frame of the market channel, however it is written. */
export function readFrame(text: string): Frame {
  const plain = readPlainEvent(text);
  return plain ? { events: [plain], dropped: 0, unknown: 0 } : readAnyFrame(text);
}
