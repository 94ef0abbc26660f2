/** Writing a report's page. */
/** Throws `bad-flag` where the file cannot be written. */
export declare function writePage(path: string, html: string): void;
//# sourceMappingURL=page.d.ts.map