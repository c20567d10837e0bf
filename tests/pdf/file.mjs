// pdf/file: a PDF file as qpdf sees its objects, and what its content streams do.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

const toJson = ['--json=2', '--json-stream-data=inline', '--decode-level=none', '--json-key=qpdf'];

export class Pdf {
    constructor(path) {
        this.bytes = readFileSync(path);
        this.qpdf = JSON.parse(execFileSync('qpdf', [...toJson, path], { maxBuffer: 1 << 30 })).qpdf;
        this.objects = this.qpdf[1];
        this.trailer = this.objects.trailer.value;
        this.catalog = this.get(this.trailer['/Root']);
    }
    raw(value) {
        return typeof value === 'string' && /^\d+ \d+ R$/.test(value) ? this.objects[`obj:${value}`] : undefined;
    }
    get(value) {
        const object = this.raw(value);
        return object === undefined ? value : object.value ?? object.stream.dict;
    }
    // Decoded; undefined: there is none, or not one that we write for anything but pictures.
    stream(value) {
        const stream = this.raw(value)?.stream, filter = stream?.dict['/Filter'];
        if (stream === undefined || (filter !== undefined && filter !== '/FlateDecode'))
            return undefined;
        const data = Buffer.from(stream.data, 'base64');
        return filter ? inflateSync(data) : data;
    }
    get pages() {
        const below = (node) => this.get(node)['/Kids'].flatMap((kid) => this.get(kid)['/Type'] === '/Page' ? [kid] : below(kid));
        return this.pageList ??= below(this.catalog['/Pages']);
    }
    // Every dictionary and array of the file, with the name of its object.
    *values() {
        for (const [name, object] of Object.entries(this.objects))
            yield* inside(object.value ?? object.stream?.dict, name);
    }
    // A number or name tree: key to value, which stays a reference unless it is an array.
    tree(node, items, map = new Map()) {
        const { '/Kids': kids, [items]: list } = this.get(node);
        for (const kid of kids ?? [])
            this.tree(kid, items, map);
        for (let i = 0; i < (list ?? []).length; i += 2)
            map.set(list[i], Array.isArray(this.get(list[i + 1])) ? this.get(list[i + 1]) : list[i + 1]);
        return map;
    }
}

function* inside(value, name) {
    if (value === null || typeof value !== 'object')
        return;
    yield [value, name];
    for (const item of Object.values(value))
        yield* inside(item, name);
}

// A text of qpdf's JSON: "u:words".
export const words = (value) => typeof value === 'string' && value.startsWith('u:') ? value.slice(2) : undefined;

const token = /\((?:\\[\s\S]|[^\\()])*\)|<<|>>|<[0-9A-Fa-f\s]*>|\/[^\s/[\]()<>]*|[[\]]|[^\s/[\]()<>]+/g;
const escapes = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function codesOf(literal) {
    const text = literal[0] === '<' ? Buffer.from(literal.slice(1, -1).replace(/\s/g, ''), 'hex').toString('latin1')
        : literal.slice(1, -1).replace(/\\([\s\S])/g, (_, c) => escapes[c] ?? c);
    return Array.from({ length: text.length >> 1 }, (_, i) => text.charCodeAt(2 * i) << 8 | text.charCodeAt(2 * i + 1));
}

const paints = new Set(['TJ', 'Tj', 'f', 'f*', 'F', 'B', 'B*', 'S', 's', 'b', 'b*', 'Do', 'sh', 'EI', "'", '"']);

// Runs a content stream: what is painted, under which marks, with which operators. `use` is told
// each text as (font, codes, marks) with the innermost mark first.
export function run(bytes, use = () => {}) {
    const seen = { operators: new Set(), names: [], ids: [], artifacts: [], outside: 0, badNests: 0, depth: 0, deepest: 0 };
    let marks = [], operands = [], font = '';
    for (const [word] of bytes.toString('latin1').matchAll(token)) {
        if (/^[([<\]/>\d.+-]/.test(word)) {
            operands.push(word);
            continue;
        }
        seen.operators.add(word);
        if (word === 'BDC' || word === 'BMC') {
            const id = operands.indexOf('/MCID');
            const mark = { role: operands[0], id: id < 0 ? undefined : Number(operands[id + 1]), text: operands.join(' ') };
            if (mark.id !== undefined)
                seen.ids.push(mark.id);
            if (mark.role === '/Artifact')
                seen.artifacts.push(mark.text);
            const isReal = mark.id !== undefined || mark.role === '/Artifact';
            seen.badNests += isReal && marks.some((m) => m.id !== undefined || m.role === '/Artifact');
            marks = [mark, ...marks];
        } else if (word === 'EMC') {
            seen.badNests += marks.length === 0;
            marks = marks.slice(1);
        } else if (word === 'q' || word === 'Q') {
            seen.depth += word === 'q' ? 1 : -1;
            seen.deepest = Math.max(seen.deepest, seen.depth);
        } else if (word === 'Tf' || word === 'Do' || word === 'gs') {
            seen.names.push(operands.at(word === 'Tf' ? -2 : -1));
            font = word === 'Tf' ? operands.at(-2) : font;
        } else if (word === 'TJ' || word === 'Tj') {
            use(font, operands.filter((o) => /^[(<]/.test(o)).flatMap(codesOf), marks);
        }
        seen.outside += paints.has(word) && !marks.some((m) => m.id !== undefined || m.role === '/Artifact');
        operands = [];
    }
    seen.badNests += marks.length;
    return seen;
}
