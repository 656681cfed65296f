#!/usr/bin/env node
import { exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { withCommand } from './with-command.ts';

// Whoever reads may have had enough, as in `plugboard list | head`: what is left to write is nobody's.
process.stdout.on('error', ignoreClosedPipe);
process.stderr.on('error', ignoreClosedPipe);

const args = process.argv.slice(2);
process.exitCode = exitCodes.fine;
try {
  await createProgram().parseAsync(withCommand(args), { from: 'user' });
} catch (error) {
  const { refuse } = await import('./refuse.ts');
  process.exitCode = await refuse(error, args.includes('--json'));
}
// What packages begin when they are imported would keep it alive.
process.exit();

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
