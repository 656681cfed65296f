// The same in plain JavaScript: node app.js
const express = require('express');
const { createHost } = require('plugboard');

async function serve() {
  const app = express();
  const host = createHost({ plugins: ['./plugins'] });
  app.use('/api', host.handler);
  await host.start();
  const server = app.listen(Number(process.env.PORT ?? 3000), () => {
    console.log(`Open http://localhost:${server.address().port}/api/hello`);
  });
  process.once('SIGTERM', () => {
    server.close();
    void host.close();
  });
}

void serve();
