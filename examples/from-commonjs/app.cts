import plugboard = require('plugboard');
import express = require('express');
import type { AddressInfo } from 'node:net';

const app = express();
const host = plugboard.createHost({ plugins: ['./plugins'] });
app.use('/api', host.handler);

// A CommonJS file has no await at its top; the handler answers 503 until the host has started.
void host.start();

const server = app.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`Open http://localhost:${(server.address() as AddressInfo).port}/api/hello`);
});

process.once('SIGTERM', () => {
  server.close();
  void host.close();
});
