#!/usr/bin/env node
import { readPort } from './port.ts';
import { start } from './start.ts';

try {
  await start({ folder: './plugins', port: readPort(process.env['PORT']) });
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
