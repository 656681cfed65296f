import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createHost, type ViewEngine } from 'plugboard';

// #region app
/** Any engine of Express fits, `ejs.renderFile` for instance. This one fills `{name}`. */
const plainText: ViewEngine = (path, values, callback) => {
  const text = readFileSync(path, 'utf8');
  callback(
    null,
    text.replace(/\{(\w+)\}/g, (_, key: string) => String(Reflect.get(values, key))),
  );
};

const host = createHost({
  plugins: [fileURLToPath(new URL('./plugins', import.meta.url))],
  views: fileURLToPath(new URL('./views', import.meta.url)), // layouts that all plugins share
  viewEngines: { txt: plainText },
});
// #endregion

export { host };
