/**
 * One process of the floor: a replica that only counts, or the client that measures. Spawned by `floor.ts`, told
 * over the process channel which of them it is. The sockets are those of the transport: uWebSockets.js accepts (or
 * `ws`, where its binary does not load), `ws` dials, one connection to a pair of replicas.
 */
export {};
//# sourceMappingURL=floor-main.d.ts.map