/** The process that generates load; spawned by `generator.ts`, told what to do over the process channel. */
export {};
//# sourceMappingURL=generator-main.d.ts.map