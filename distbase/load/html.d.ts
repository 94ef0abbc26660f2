/** Self-contained HTML pages with tables and charts: one file, no script, nothing fetched. */
export type Cell = string | number;
export interface HtmlTable {
    readonly head: readonly string[];
    readonly rows: readonly (readonly Cell[])[];
}
export interface HtmlSection {
    readonly heading: string;
    /** Plain text under the heading. */
    readonly text?: string;
    /** Markup from `charts.ts`. */
    readonly charts?: readonly string[];
    readonly table?: HtmlTable;
}
/** Text as HTML: what users name things by never becomes markup. */
export declare function escapeHtml(text: string): string;
/** A whole page. */
export declare function htmlPage(title: string, subtitle: string, sections: readonly HtmlSection[]): string;
//# sourceMappingURL=html.d.ts.map