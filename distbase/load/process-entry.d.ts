/**
 * The built file of one of this folder's process entries. From the sources (under a test runner) it is the one that
 * the last build made: Node 20 runs no TypeScript.
 */
export declare function processEntry(name: 'floor-main' | 'generator-main'): string;
//# sourceMappingURL=process-entry.d.ts.map