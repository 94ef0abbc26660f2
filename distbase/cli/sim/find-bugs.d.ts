/** Plants mistakes one at a time and says after how many seeds the default campaign finds each. */
export declare function findBugs(name: string, budgetSeconds: number, json: string | undefined): number;
//# sourceMappingURL=find-bugs.d.ts.map