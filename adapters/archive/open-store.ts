import { fileURLToPath } from 'node:url';
import { makeFolderStore } from './folder-store';
import type { FileStore } from './store';

/** The store of `file:///folder` or `s3://bucket`. AWS's packages load only where a bucket is meant. */
export async function openFileStore(url: string): Promise<FileStore> {
  const [, bucket] = /^s3:\/\/([^/]+)\/?$/.exec(url) ?? [];
  if (bucket === undefined) return makeFolderStore(fileURLToPath(url));
  const { makeS3Store } = await import('./s3-store');
  return makeS3Store(bucket);
}
