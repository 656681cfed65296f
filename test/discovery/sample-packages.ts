/** A package that is CommonJS, as an entry of `folderWith`. */
export const cjsPackage = {
  'node_modules/old/package.json': '{ "name": "old", "version": "1.0.0" }',
  'node_modules/old/index.js': 'function old() { return "called"; }\nold.extra = 1;\nmodule.exports = old;',
};
/** A package that is an ES module. */
export const esmPackage = {
  'node_modules/young/package.json':
    '{ "name": "young", "type": "module", "exports": { "import": "./main.js" } }',
  'node_modules/young/main.js': 'export default class Young {}\nexport const size = 3;',
};
