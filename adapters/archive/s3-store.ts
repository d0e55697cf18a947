import {
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import type { FileStore } from './store';

/** A bucket: one request puts a file, so that nobody sees a part of it. */
export function makeS3Store(bucket: string, config: S3ClientConfig = {}): FileStore {
  const client = new S3Client(config);
  return {
    put: async (path, bytes) => {
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: path, Body: bytes, ContentLength: bytes.byteLength }),
      );
    },
    get: async (path) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: path }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    list: async (prefix) => {
      const paths: string[] = [];
      let next: string | undefined;
      do {
        const page: ListObjectsV2CommandOutput = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: next }),
        );
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) paths.push(Key);
        next = page.NextContinuationToken;
      } while (next !== undefined);
      return paths;
    },
  };
}
