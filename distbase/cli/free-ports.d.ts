/**
 * TCP ports of the loopback that are free at this moment. Another process may take one before it is used; the
 * one that is refused then says so.
 */
export declare function freePorts(count: number): Promise<number[]>;
//# sourceMappingURL=free-ports.d.ts.map