/** What the process that generates load is told, and what it answers. */
export {};
//# sourceMappingURL=orders.js.map