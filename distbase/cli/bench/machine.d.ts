/** What a figure was measured on: without it the figure says nothing. */
export interface Machine {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryBytes: number;
    readonly system: string;
}
export declare function machine(): Machine;
export declare function versions(): Record<string, string>;
/** One line for people. */
export declare function describeMachine(): string;
//# sourceMappingURL=machine.d.ts.map