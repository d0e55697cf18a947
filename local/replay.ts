import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeAssessmentStore } from '../adapters/cockroach/assessment-store';
import { type AssessmentId, idOf } from '../domain/kernel/ids';
import { openDatabase } from '../runtime/database';
import { sha256Digest } from '../runtime/edge';
import { replayVerdict } from '../usecases/replay-verdict';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * `npm run replay -- <violation or assessment id>`: decides a stored verdict, a pass or a failure, again and compares the
 * bytes. Exit 0: the same; 1: not. Reads the database of DATABASE_SECRET, or of the local platform.
 */
async function main(id: string | undefined): Promise<number> {
  if (!id) {
    console.error('Which verdict? npm run replay -- <violation or assessment id>');
    return 2;
  }
  if (!UUID.test(id)) {
    console.error(`${id} is not an id: it must be a UUID in lower case`);
    return 2;
  }
  process.env.DATABASE_SECRET ??= pathToFileURL(resolve(__dirname, '../.local/secrets/database.json')).href;
  const database = await openDatabase('tool');
  try {
    const assessments = makeAssessmentStore(database);
    const replay = await replayVerdict({ assessments, digest: sha256Digest })(idOf<AssessmentId>(id));
    if (!replay.ok) {
      console.error(`There is no violation ${id}, nor an assessment of this id that has ended`);
      return 2;
    }
    const { isEqual, storedHash, replayed, replayedHash } = replay.value;
    console.log(replayed);
    console.log(
      `stored   ${storedHash}\nreplayed ${replayedHash}\n${isEqual ? 'The same bytes.' : 'NOT the same bytes.'}`,
    );
    return isEqual ? 0 : 1;
  } finally {
    await database.close();
  }
}

main(process.argv[2]).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  },
);
