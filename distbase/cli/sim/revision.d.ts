/** Which tree a failure was found in: a seed means something only beside it. */
/** `git` and twelve digits of the commit, with `+` where files differ from it; else the package's version. */
export declare function revision(): string;
//# sourceMappingURL=revision.d.ts.map