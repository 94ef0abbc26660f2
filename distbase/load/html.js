/** Self-contained HTML pages with tables and charts: one file, no script, nothing fetched. */
/** Text as HTML: what users name things by never becomes markup. */
export function escapeHtml(text) {
    return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1c2024, #e6e8ea); --dim: light-dark(#667079, #98a1a9);
  --line: light-dark(#dde1e5, #333a41); --back: light-dark(#ffffff, #15181b); }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back); max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2.2rem 0 .4rem; }
p { margin: .3rem 0 .8rem; color: var(--dim); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: .6rem 0; }
th, td { padding: .25rem .8rem; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child, td:first-child { text-align: left; padding-left: 0; } th { color: var(--dim); font-weight: 500; }
svg { display: block; max-width: 100%; height: auto; margin: .6rem 0; font: 12px system-ui, sans-serif; }
svg text { fill: var(--ink); } svg .dim { fill: var(--dim); } svg .grid { stroke: var(--line); }`;
function tableMarkup({ head, rows }) {
    const row = (cells, tag) => `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(String(cell))}</${tag}>`).join('')}</tr>`;
    return `<table>${row(head, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>`;
}
/** A whole page. */
export function htmlPage(title, subtitle, sections) {
    const body = sections.map(({ heading, text, charts, table }) => {
        const parts = [`<h2>${escapeHtml(heading)}</h2>`];
        if (text !== undefined)
            parts.push(`<p>${escapeHtml(text)}</p>`);
        if (charts !== undefined)
            parts.push(...charts);
        if (table !== undefined)
            parts.push(tableMarkup(table));
        return parts.join('\n');
    });
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(subtitle)}</p>
${body.join('\n')}
</body>
</html>
`;
}
//# sourceMappingURL=html.js.map