export type CallAnswer = { readonly id: number; readonly ok: true; readonly value: unknown } | { readonly id: number; readonly ok: false; readonly problem: string };

interface Call {
  readonly id: number;
  readonly name: string;
  readonly args: readonly never[];
}

/** Answers the calls of a parent over the IPC channel, and ends with the channel. */
export function answerCalls(table: Readonly<Record<string, (...args: never[]) => unknown>>): void {
  const say = (answer: CallAnswer): void => void process.send?.(answer);
  const answer = async ({ id, name, args }: Call): Promise<void> => {
    try {
      say({ id, ok: true, value: await table[name]?.(...args) });
    } catch (error) {
      say({ id, ok: false, problem: error instanceof Error ? error.message : String(error) });
    }
  };
  process.on('message', (call: Call) => void answer(call));
  process.on('disconnect', () => process.exit(0));
}
