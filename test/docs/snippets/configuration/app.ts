import { createHost } from 'plugboard';

export function shopHost(configFile?: string) {
  // #region app
  const host = createHost({
    configFile, // default: plugboard.config.* in the working directory
    settings: { mail: { config: { copies: ['archive@example.com'] } } }, // the last word
  });
  // #endregion
  return host;
}
