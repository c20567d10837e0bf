// text: the same text of many chapters as Markdown, HTML and typst markup.
//
//   makeText(chapters)   about three pages a chapter: paragraphs, lists, tables, code
//
// Words follow from a counter, so every run and every tool gets the same ones.
const words = ('the crisis team decides when an activity must be back and who answers for it suppliers are asked what they ' +
    'promise in an interruption and records show what was promised people know where to go whom to call and what may wait ' +
    'recovery begins with the most urgent services continues with those that depend on them and ends when the backlog is ' +
    'worked off documentation communication responsibility organisation authorities requirements infrastructure').split(' ');

function generator() {
    let state = 12345;
    const next = (below) => {
        state = (state * 1103515245 + 12345) % 2147483648;
        return Math.floor(state / 65536) % below;
    };
    const some = (count) => Array.from({ length: count }, () => words[next(words.length)]).join(' ');
    const sentence = (count) => {
        const text = some(count);
        return `${text[0].toUpperCase()}${text.slice(1)}.`;
    };
    return { next, some, sentence, paragraph: (sentences) => Array.from({ length: sentences }, () => sentence(9 + next(9))).join(' ') };
}

// What a chapter holds, whatever it is written in.
function blocksOf(chapters) {
    const g = generator();
    const blocks = [];
    for (let chapter = 1; chapter <= chapters; chapter++) {
        blocks.push({ kind: 'heading', level: 1, text: `Chapter ${chapter} of ${g.some(3)}` });
        for (let section = 1; section <= 3; section++) {
            blocks.push({ kind: 'heading', level: 2, text: `${g.sentence(4).slice(0, -1)}` });
            for (let i = 0; i < 4; i++)
                blocks.push({ kind: 'paragraph', text: g.paragraph(6) });
            blocks.push({ kind: 'list', items: Array.from({ length: 5 }, () => g.sentence(8)) });
            blocks.push({ kind: 'table', head: ['Activity', 'Owner', 'Back in', 'What it needs'],
                rows: Array.from({ length: 7 }, (_, i) => [`ACT-${chapter}${section}${i} ${g.some(3)}`, g.some(2), `${1 + g.next(30)} days`, g.sentence(9)]) });
            blocks.push({ kind: 'paragraph', text: g.paragraph(5) });
        }
        blocks.push({ kind: 'code', lines: Array.from({ length: 8 }, (_, i) => `step ${i}: ${g.some(6)}`) });
    }
    return blocks;
}

const html = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const languages = {
    markdown: {
        heading: (b) => `${'#'.repeat(b.level)} ${b.text}\n`,
        paragraph: (b) => `${b.text}\n`,
        list: (b) => b.items.map((item) => `- ${item}\n`).join(''),
        table: (b) => `| ${b.head.join(' | ')} |\n|---|---|--:|---|\n${b.rows.map((row) => `| ${row.join(' | ')} |\n`).join('')}`,
        code: (b) => `\`\`\`\n${b.lines.join('\n')}\n\`\`\`\n`,
    },
    html: {
        heading: (b) => `<h${b.level}>${html(b.text)}</h${b.level}>\n`,
        paragraph: (b) => `<p>${html(b.text)}</p>\n`,
        list: (b) => `<ul>${b.items.map((item) => `<li>${html(item)}</li>`).join('')}</ul>\n`,
        table: (b) => `<table><thead><tr>${b.head.map((cell) => `<th>${cell}</th>`).join('')}</tr></thead><tbody>\n` +
            `${b.rows.map((row) => `<tr>${row.map((cell) => `<td>${html(cell)}</td>`).join('')}</tr>\n`).join('')}</tbody></table>\n`,
        code: (b) => `<pre>${html(b.lines.join('\n'))}</pre>\n`,
    },
    typst: {
        heading: (b) => `${'='.repeat(b.level)} ${b.text}\n`,
        paragraph: (b) => `${b.text}\n`,
        list: (b) => b.items.map((item) => `- ${item}\n`).join(''),
        table: (b) => `#table(columns: (auto, auto, auto, 1fr), table.header(${b.head.map((cell) => `[*${cell}*]`).join(', ')}),\n` +
            `${b.rows.map((row) => `${row.map((cell) => `[${cell}]`).join(', ')},\n`).join('')})\n`,
        code: (b) => `\`\`\`\n${b.lines.join('\n')}\n\`\`\`\n`,
    },
};

const frames = {
    markdown: (body) => body,
    html: (body) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bench</title><style>
@page { size: A4; margin: 27mm 20mm 28mm 22mm; @bottom-right { content: "Page " counter(page) " of " counter(pages); font-size: 7pt } }
body { font: 9.8pt/14.2pt "Noto Sans", sans-serif; text-align: justify; hyphens: auto; margin: 0 }
h1 { font-size: 16.5pt; line-height: 21pt } h2 { font-size: 12.6pt; line-height: 17pt } h1, h2 { break-after: avoid; text-align: left }
table { border-collapse: collapse; width: 100%; font-size: 8.8pt; line-height: 12.2pt; text-align: left }
td, th { border-bottom: 0.4pt solid #999; padding: 3pt 5pt; vertical-align: top; text-align: left } tr { break-inside: avoid }
pre { font: 8.4pt/11.8pt "Noto Sans Mono", monospace; background: #f3f5f7; padding: 5pt; text-align: left }
</style></head><body>
${body}</body></html>
`,
    typst: (body) => `#set page(paper: "a4", margin: (top: 27mm, right: 20mm, bottom: 28mm, left: 22mm), numbering: "1 of 1")
#set text(font: "Noto Sans", size: 9.8pt, lang: "en", hyphenate: true)
#set par(justify: true, leading: 0.62em)
#set table(stroke: (bottom: 0.4pt + gray))
#show table: set text(size: 8.8pt)
#show table: set par(justify: false)
#set heading(numbering: "1.1")
#outline()
${body}`,
};

export function makeText(chapters) {
    const blocks = blocksOf(chapters);
    return Object.fromEntries(Object.entries(languages).map(([name, write]) =>
        [name, frames[name](blocks.map((b) => write[b.kind](b)).join('\n'))]));
}
