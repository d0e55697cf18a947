import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instrument } from '../../domain/market/instrument';

export type InstrumentSaverParts = {
  /** Saves them and publishes their changes; called with none, it publishes what an earlier run left unpublished. */
  readonly publishInstruments: (instruments: readonly Instrument[]) => Promise<void>;
  readonly onFailure: (error: unknown, what: string) => void;
};

const SAVE_AGAIN_MS = 1_000;

/** Saves what the venues list while this copy is the one that does; what came while another did waits for its turn. */
export class InstrumentSaver {
  private unsaved = new Map<InstrumentId, Instrument>();
  private isUntold = true;
  private isSaving = false;
  private isLeading = false;

  constructor(private readonly parts: InstrumentSaverParts) {}

  lead(): void {
    this.isLeading = true;
    void this.save();
  }

  follow(): void {
    this.isLeading = false;
  }

  put(instruments: readonly Instrument[]): void {
    for (const instrument of instruments) this.unsaved.set(instrument.id, instrument);
    void this.save();
  }

  private async save(): Promise<void> {
    if (this.isSaving || !this.isLeading) return;
    this.isSaving = true;
    // The outcomes of a market end in one turn: nobody is to hear of one while the other still waits.
    await Promise.resolve();
    while ((this.unsaved.size > 0 || this.isUntold) && this.isLeading) {
      const batch = this.unsaved;
      this.unsaved = new Map();
      try {
        await this.parts.publishInstruments([...batch.values()]);
        this.isUntold = false;
      } catch (error) {
        this.parts.onFailure(error, 'the instruments were not saved and told');
        this.isUntold = true;
        this.unsaved = new Map([...batch, ...this.unsaved]);
        await new Promise((resolve) => setTimeout(resolve, SAVE_AGAIN_MS));
      }
    }
    this.isSaving = false;
  }
}
