/** An honest client in a process of its own: one write at a time, and how long each took, for as long as it is told. */
export {};
//# sourceMappingURL=probe-main.d.ts.map