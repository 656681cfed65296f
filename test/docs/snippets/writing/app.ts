import { createHost } from 'plugboard';

// #region settings
const host = createHost({
  plugins: [new URL('./plugins', import.meta.url).href],
  settings: { ticker: { config: { every: 250 } } },
});
// #endregion

export { host };
