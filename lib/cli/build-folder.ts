/** Where `build` writes to and `start` looks, relative to the working directory. */
export const defaultBuildFolder = '.plugboard';
