import plugboard = require('plugboard');
import express = require('express');
import type { AddressInfo } from 'node:net';

async function serve(): Promise<void> {
  const app = express();
  const host = plugboard.createHost({ plugins: ['./plugins'] });
  app.use('/api', host.handler);
  await host.start();
  const server = app.listen(Number(process.env.PORT ?? 3000), () => {
    console.log(`Open http://localhost:${(server.address() as AddressInfo).port}/api/hello`);
  });
  process.once('SIGTERM', () => {
    server.close();
    void host.close();
  });
}

void serve();
