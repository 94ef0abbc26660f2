/**
 * What a protocol brings to the simulator. Everything else there (network, disks, clocks, clients, the checkers that hold
 * for every protocol) knows no protocol. `protocols/` has one of these for each.
 */
/** A subject among others: what its messages are, it alone has to know. */
export function anySubject(subject) {
    return subject;
}
//# sourceMappingURL=subject.js.map