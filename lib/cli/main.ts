#!/usr/bin/env node
import { start } from './start.ts';

await start({ folder: './plugins', port: process.env['PORT'] ?? '3000' });
