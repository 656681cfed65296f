import type { AddressInfo } from 'node:net';
import { createHost } from 'plugboard';
import { Pool } from './contracts.ts';
import { MemoryPool } from './memory-pool.ts';

const host = createHost({ plugins: ['./plugins'], services: [[Pool, MemoryPool]] });

const server = await host.listen(Number(process.env.PORT ?? 3000));
console.log(`Open http://localhost:${(server.address() as AddressInfo).port}`);

process.once('SIGTERM', () => void host.close());
