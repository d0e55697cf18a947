import { makeArchiveReader } from '../../adapters/archive/archive';
import { openFileStore } from '../../adapters/archive/open-store';
import type { ArchiveReader } from '../../usecases/ports/archive/archive';

/** Reads the archive of a folder or a bucket: `file:///…` or `s3://…`. */
export const openArchive = async (url: string): Promise<ArchiveReader> => makeArchiveReader(await openFileStore(url));
