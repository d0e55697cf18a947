type Crash = { readonly percent: number; readonly until: number };
type Drift = { readonly percent: number; readonly since: number; readonly ms: number };

/** What is wrong with the prices of one market at one venue, as a factor of the true ones, and in words. */
export class Distortion {
  private crash: Crash | undefined;
  private drift: Drift | undefined;
  private places = 0;

  constructor(private readonly now: () => number) {}

  /** The price is another by so many per cent, and is right again after a while. */
  setCrash(percent: number, ms: number): void {
    this.crash = ms > 0 ? { percent, until: this.now() + ms } : undefined;
  }

  /** The price goes away slowly, and stays away. */
  setDrift(percent: number, ms: number): void {
    this.drift = percent === 0 ? undefined : { percent, since: this.now(), ms };
  }

  /** The decimal point stands so many places to the right. */
  setPlaces(places: number): void {
    this.places = places;
  }

  isOn = (): boolean => this.crashPercent() !== 0 || this.drift !== undefined || this.places !== 0;

  factor(): number {
    return (1 + this.crashPercent() / 100) * (1 + this.driftPercent() / 100) * 10 ** this.places;
  }

  words(): readonly string[] {
    const crash = this.crashPercent();
    const left = Math.ceil(((this.crash?.until ?? 0) - this.now()) / 1_000);
    return [
      ...(crash === 0 ? [] : [`${percentText(crash)} for ${left} s more`]),
      ...(this.drift ? [`drifted by ${percentText(this.driftPercent())}`] : []),
      ...(this.places === 0 ? [] : [`decimal point ${this.places > 0 ? '+' : '−'}${Math.abs(this.places)}`]),
    ];
  }

  private crashPercent(): number {
    return this.crash && this.now() < this.crash.until ? this.crash.percent : 0;
  }

  private driftPercent(): number {
    if (!this.drift) return 0;
    const { percent, since, ms } = this.drift;
    return ms === 0 ? percent : percent * Math.min(1, (this.now() - since) / ms);
  }
}

const percentText = (percent: number): string =>
  `${percent < 0 ? '−' : '+'}${Math.round(Math.abs(percent) * 100) / 100} %`;
