import type { Plugin } from 'rolldown';

/** What evaluated code calls the function that applies decorators. */
export const decorateName = '$$decorate';

/** Puts a function of ours in the place of the compiler's own, so that it is known which classes a bundle decorates. */
export const decorateHelper: Plugin = {
  name: 'plugboard:decorate-helper',
  transform: {
    filter: { id: /^\0@oxc-project\+runtime@[^/]+\/helpers\/(esm\/)?decorate\.js$/ },
    handler: (_code, id) => {
      // CommonJS files get theirs by require().
      const exported = id.includes('/esm/') ? 'export default' : 'module.exports =';
      return { code: `${exported} ${decorateName};`, map: null };
    },
  },
};
