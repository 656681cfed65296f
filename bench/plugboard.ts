// Plugboard as built, by its path: bench/package.json hides the package's own name from the files below it.
export * from '../dist/index.js';
