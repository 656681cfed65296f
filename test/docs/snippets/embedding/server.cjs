// #region server
const express = require('express');
const { createHost } = require('plugboard');

async function main() {
  const host = createHost({ plugins: ['./plugins'] });
  await host.start();
  const app = express();
  app.use('/api', host.handler);
  return { host, app };
}
// #endregion

module.exports = { main };
