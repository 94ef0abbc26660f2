/** The book-keeping of prepared keys: which part of the kernel's memory belongs to which handle. */
/** Hands out the slots of one kind. A handle is generation · SLOTS_MAX + index, so that a stale one is recognised. */
export declare class Slots {
    #private;
    used: number;
    constructor(kind: string, base: number, bytes: number, count: number, firstGeneration: number);
    get bytes(): number;
    /** The address of a handle's slot, or −1. */
    find(handle: number): number;
    address(handle: number): number;
    take(): number;
    free(handle: number): void;
}
export declare function slotCount(value: number | undefined, otherwise: number): number;
//# sourceMappingURL=mldsa87-slots.d.ts.map