// before: a frozen edition as it might have come before the draft of the example, so that the
// pages that tell what changed have something to tell.
//
//   before.mjs DRAFT CONTENT FOLDER
//
// Records come from DRAFT/data, with some left out, some more and some other words; texts from
// CONTENT/documents before their templates, with some paragraphs left out. Always the same.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const [draft, content, folder] = process.argv.slice(2);
const put = (path, text) => writeFileSync(join(folder, path), text);
rmSync(folder, { recursive: true, force: true });
for (const part of ['data', 'source'])
    mkdirSync(join(folder, part), { recursive: true });

// The nth word of a text is another one.
const reword = (text, n) => text.split(' ').map((word, i) => (i % n === n - 1 ? 'formerly' : word)).join(' ');

function before(record, i) {
    if (i % 3 !== 1)
        return record;
    const older = { ...record };
    for (const key of Object.keys(older)) {
        if (key !== 'id' && typeof older[key] === 'string' && older[key].includes(' '))
            older[key] = reword(older[key], 4);
        if (Array.isArray(older[key]) && older[key].length > 1)
            older[key] = older[key].slice(1);
    }
    delete older.notes;
    return older;
}

for (const name of readdirSync(join(draft, 'data')).filter((file) => file.endsWith('.json'))) {
    const records = JSON.parse(readFileSync(join(draft, 'data', name), 'utf8'));
    const older = records.filter((record, i) => i % 7 !== 5).map(before);
    if (older.length > 2 && name !== 'document.json')
        older.push({ ...older[0], id: older[0].id.replace(/\d+$/, '998'), title: 'Withdrawn since' });
    put(join('data', name), JSON.stringify(older));
}

function markdownBelow(path) {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? markdownBelow(join(path, entry.name)) : entry.name.endsWith('.md') ? [join(path, entry.name)] : []);
}

for (const path of markdownBelow(join(content, 'documents')).sort()) {
    const text = readFileSync(path, 'utf8').replace(/^---\n[^]*?\n---\n/, '')
        .replace(/^\{\{[#/^][^}]*\}\}\n/gm, '').replace(/\{\{[^}]*\}\}/g, 'as it was');
    const blocks = text.split(/\n\n+/).filter((block, i) => i % 9 !== 7);
    put(join('source', `${basename(path, '.md')}.rendered.md`),
        blocks.map((block, i) => (i % 4 === 2 && /^\w/.test(block) ? reword(block, 6) : block)).join('\n\n'));
}
put('edition.json', '{"format": "continuo-edition-1", "edition": "2026.1", "as_of": "2026-03-31"}\n');
