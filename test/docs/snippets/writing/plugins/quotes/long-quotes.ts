export const longQuotes = ['A plugin is a class. The rest of it is ordinary TypeScript.'];
