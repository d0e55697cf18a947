import { type Operator, openOperator, stageOf } from './operator';

/** What a command does with its arguments; answers the exit code. 2 is a wrong call or a failure. */
type Run = (operator: () => Promise<Operator>, args: readonly string[]) => Promise<number>;

/** Runs a command line to its end, whatever happens; the operator is opened when the arguments are in order. */
export async function runCommand(run: Run): Promise<never> {
  let opened: Operator | undefined;
  let code = 2;
  try {
    const { stage, rest } = stageOf(process.argv.slice(2));
    code = await run(async () => {
      opened ??= await openOperator(stage);
      return opened;
    }, rest);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
  }
  await opened?.close().catch(() => undefined);
  process.exit(code);
}

/** The faults of what was asked, as the function names them. */
export function sayRefused({ field, rule }: { readonly field: string; readonly rule: string }): number {
  console.error(field === 'request' ? rule : `${field} ${rule}`);
  return 1;
}
