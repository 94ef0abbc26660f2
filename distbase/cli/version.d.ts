/** Lockstep's version, from its package file: two folders up from the sources and from the build alike. */
export declare const version: string;
//# sourceMappingURL=version.d.ts.map