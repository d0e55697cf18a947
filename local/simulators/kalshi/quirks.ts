type Refusal = { readonly status: number; readonly retryAfter?: string | undefined };

/** What a test, or a hand on the control port, may make of the venue beside the faults of its frames. */
export class Quirks {
  /** The status with which REST refuses every request while this is set. */
  refusal: Refusal | undefined;
  /** The status with which every request for a connection is refused while this is set. */
  closedDoor: number | undefined;
  /** The exchange rests: it lists everything, and trades nothing. */
  isResting = false;
  /** The exchange is there, and takes back orders, and no new ones. */
  isCancelOnly = false;
  /** Books change, and nothing is said of it. */
  isMute = false;
  /** Error 26 beyond so many markets a subscription, 27 beyond so many commands a second. */
  marketsMax = 1_000;
  commandsMax = 50;
  /** So many of a list are given out at once, whatever is asked for. */
  pageMax = 1_000;
  /** What YES is paid of a market of which nobody wins all. */
  readonly settlements = new Map<string, string>();
}
