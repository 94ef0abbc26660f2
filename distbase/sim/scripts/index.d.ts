/** Scenario scripts: see README.md in this folder. */
export { ScriptError } from './parse.ts';
export { runScript, type ScriptOptions, type ScriptResult } from './run.ts';
//# sourceMappingURL=index.d.ts.map