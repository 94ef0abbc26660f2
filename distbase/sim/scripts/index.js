/** Scenario scripts: see README.md in this folder. */
export { ScriptError } from './parse.js';
export { runScript } from './run.js';
//# sourceMappingURL=index.js.map