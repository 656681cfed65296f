#!/usr/bin/env node
import { start } from './start.ts';

await start({ folder: './plugins', port: Number(process.env['PORT'] ?? 3000) });
