import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isoText } from '../../domain/kernel/instant';
import type { FileStore } from './store';

/** A file that is being written has this ending, and is no file of the archive yet. */
const UNFINISHED = '.part';
const DAY = /^date=\d{4}-\d{2}-\d{2}$/;

/** A folder of this machine: each file is written beside its place, brought to the disk, and then named. */
export const makeFolderStore = (folder: string): FileStore => ({
  put: async (path, bytes) => {
    const place = join(folder, path);
    const beside = `${place}.${randomUUID()}${UNFINISHED}`;
    await mkdir(dirname(place), { recursive: true });
    try {
      const file = await open(beside, 'wx');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, place);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  },
  get: (path) => readFile(join(folder, path)).catch(absent),
  list: async (prefix) => {
    const entries = await readdir(join(folder, prefix), { recursive: true, withFileTypes: true }).catch(absent);
    return (entries ?? [])
      .filter((entry) => entry.isFile() && !entry.name.endsWith(UNFINISHED))
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length));
  },
  expire: async (before) => {
    const date = `date=${isoText(before).slice(0, 10)}`;
    const venues = await readdir(join(folder, 'frames')).catch(absent);
    for (const set of ['ticks', ...(venues ?? []).map((venue) => join('frames', venue))]) {
      const days = (await readdir(join(folder, set)).catch(absent)) ?? [];
      for (const day of days) if (DAY.test(day) && day < date) await rm(join(folder, set, day), { recursive: true });
    }
  },
});

function absent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
}
