import { resolve } from 'node:path';
import { collectTexts, namesUsedTwice, type Text } from './collect';
import { complaintsAbout } from './judge';
import { buildParser, isGoInstalled, parse } from './parser';

/** What must be refused: a check that lets these through checks nothing. */
const MUST_FAIL: readonly Text[] = [
  { name: 'LISTEN', sql: 'LISTEN orders' },
  { name: 'a deferrable constraint', sql: 'CREATE TABLE t (a INT8 PRIMARY KEY, b INT8 UNIQUE DEFERRABLE)' },
  { name: 'an advisory lock', sql: 'SELECT pg_advisory_xact_lock(1)' },
  { name: 'a sequence for a key', sql: 'CREATE TABLE t (a BIGSERIAL PRIMARY KEY)' },
  { name: 'an extension', sql: 'CREATE EXTENSION citext' },
  { name: 'an extension’s type', sql: 'CREATE TABLE t (a CITEXT PRIMARY KEY)' },
  { name: 'two mutations of a table', sql: 'WITH a AS (DELETE FROM t RETURNING b) INSERT INTO t SELECT b FROM a' },
  { name: 'two statements', sql: 'DELETE FROM t; DELETE FROM u' },
];

/** `npm run check:sql`: every statement parses with CockroachDB's grammar and uses only what both databases have. */
async function main(): Promise<void> {
  const texts = await collectTexts();
  const total = texts.length + MUST_FAIL.length;
  if (!isGoInstalled()) {
    console.log(`check:sql needs Go, which is not installed: ${texts.length} statements were not checked.`);
    console.log(`0 passed, 0 failed, ${total} skipped`);
    return;
  }
  const program = await buildParser(resolve(__dirname, '../../../.cache/check-sql'), console.log);
  const faults = [
    ...namesUsedTwice(texts).map((name) => `${name} names two statements`),
    ...parse(program, texts).flatMap((parsed) => {
      const complaints = complaintsAbout(parsed);
      return complaints.length > 0 ? [`${parsed.name}: ${complaints.join('; ')}`] : [];
    }),
    ...parse(program, MUST_FAIL)
      .filter((parsed) => complaintsAbout(parsed).length === 0)
      .map(({ name }) => `${name} was let through by this check`),
  ];
  for (const fault of faults) console.error(fault);
  console.log(`${texts.length} statements`);
  console.log(`${total - faults.length} passed, ${faults.length} failed`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

void main();
