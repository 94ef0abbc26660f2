/** What the driver needs of the network. Sockets in production; a seeded twin in the simulator. */
export {};
//# sourceMappingURL=interface.js.map