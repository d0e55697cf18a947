/** What may be sent at once, and how many messages a second after that. */
const SECOND_MS = 1_000;

/** Sends what a venue is asked, and no more of it in any second than the venue takes; what is over waits its turn. */
export class Sending {
  private waiting: string[] = [];
  private sentAt: number[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly perSecond: number,
    private readonly send: (text: string) => void,
  ) {}

  say(message: object): void {
    this.waiting.push(JSON.stringify(message));
    this.flush();
  }

  /** The connection is gone: nobody waits for an answer on it. The venue's count of ours goes on. */
  clear(): void {
    this.waiting = [];
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private flush(): void {
    const now = performance.now();
    this.sentAt = this.sentAt.filter((at) => now - at < SECOND_MS);
    while (this.waiting.length > 0 && this.sentAt.length < this.perSecond) {
      this.sentAt.push(now);
      this.send(this.waiting.shift() as string);
    }
    const [first] = this.sentAt;
    if (this.waiting.length === 0 || first === undefined || this.timer) return;
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.flush();
      },
      Math.ceil(SECOND_MS - (now - first)),
    );
  }
}
