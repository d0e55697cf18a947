import type { Instant } from '../../domain/kernel/instant';
import type { Kept } from '../../usecases/archive/keep-windows';
import type { StoredUntil } from '../../usecases/archive/stored-until';
import type { ArchiveSource } from '../../usecases/ports/archive/archive-source';
import { Archiver, type ArchiverParts } from './archiver';

type CopyParts = Omit<ArchiverParts, 'source'> & {
  readonly openSource: () => ArchiveSource;
  readonly storedUntil: (source: ArchiveSource) => Pick<StoredUntil, 'look'>;
  readonly keepWindows: (storedUntil: Instant | undefined) => Promise<Kept>;
};

type Work = {
  readonly archiver: Archiver;
  readonly source: ArchiveSource;
  readonly stored: Pick<StoredUntil, 'look'>;
};

/** One copy of the archiver: at work while it leads, with a source of its own each time. */
export class ArchiverCopy {
  private work: Work | undefined;
  private isWanted = false;

  constructor(private readonly parts: CopyParts) {}

  readonly begin = (): void => {
    this.isWanted = true;
  };

  readonly end = (): void => {
    this.isWanted = false;
    this.work?.archiver.hurry();
  };

  /** A copy that waits is fit to take over. */
  isAtWork = (): boolean => !this.isWanted || (this.work?.source.isReading() ?? false);

  /** Begins, ends, or stores what is due; called often, and once more at the end. */
  async tend(): Promise<void> {
    if (this.isWanted && !this.work) this.work = await this.open();
    const { work } = this;
    if (!work) return;
    if (this.isWanted) {
      await work.archiver.tend();
      return;
    }
    this.work = undefined;
    await work.archiver.stop();
  }

  /** Undefined while this copy waits. */
  async keepWindows(): Promise<Kept | undefined> {
    return this.work && this.parts.keepWindows(await this.work.stored.look());
  }

  private async open(): Promise<Work> {
    const source = this.parts.openSource();
    const archiver = new Archiver({ ...this.parts, source });
    try {
      await archiver.start();
    } catch (error) {
      await source.stop().catch(() => {}); // What it could not open it need not close.
      throw error;
    }
    return { archiver, source, stored: this.parts.storedUntil(source) };
  }
}
