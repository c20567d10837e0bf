// pdf/tags: what a screen reader finds in PDF files, by qpdf's view of their objects.
//
//   tags.mjs FILE.pdf…
//
// All that is painted is marked, each mark belongs to one element of the structure tree and each
// element to its parent; figures and links have words, heads of tables a scope.
import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';

const tally = { passed: 0, failed: 0 };
let file = '';

function check(fine, message) {
    tally[fine ? 'passed' : 'failed']++;
    if (!fine)
        console.log(`FAIL ${file}: ${message}`);
}

function objectsOf(path) {
    const out = execFileSync('qpdf', ['--json=2', '--json-stream-data=inline', '--decode-level=generalized',
        '--json-key=qpdf', path], { maxBuffer: 1 << 30 });
    return JSON.parse(out).qpdf[1];
}

// Reads a content stream: operators outside of strings, with the name and number before them.
const token = /\((?:\\.|[^\\()])*\)|<<|>>|<[0-9A-Fa-f\s]*>|\/[^\s/[\]()<>]+|[[\]]|[^\s/[\]()<>]+/gs;
const paints = new Set(['TJ', 'Tj', 'f', 'B', 'S', 's', 'b', 'Do']);

function marksOf(stream) {
    const found = { ids: [], outside: 0, depth: 0, isBalanced: true };
    let last = '', isId = false;
    for (const [word] of stream.matchAll(token)) {
        if (word === 'BDC' || word === 'BMC') {
            found.depth++;
        } else if (word === 'EMC') {
            found.isBalanced &&= --found.depth >= 0;
        } else if (paints.has(word) && found.depth === 0) {
            found.outside++;
        } else if (isId) {
            found.ids.push(Number(word));
        }
        isId = word === '/MCID' && last !== '/MCID';
        last = word;
    }
    return found;
}

class Pdf {
    constructor(path) {
        this.objects = objectsOf(path);
        this.catalog = this.get(this.objects.trailer.value['/Root']);
    }
    raw(value) {
        return typeof value === 'string' && /^\d+ \d+ R$/.test(value) ? this.objects[`obj:${value}`] : undefined;
    }
    get(value) {
        const object = this.raw(value);
        return object === undefined ? value : object.value ?? object.stream.dict;
    }
    stream(value) {
        return Buffer.from(this.raw(value).stream.data, 'base64').toString('latin1');
    }
    pages(node = this.catalog['/Pages'], list = []) {
        for (const kid of this.get(node)['/Kids'])
            this.get(kid)['/Type'] === '/Page' ? list.push(kid) : this.pages(kid, list);
        return list;
    }
    // The number tree: key to value.
    numbers(node, map = new Map()) {
        const { '/Kids': kids, '/Nums': nums } = this.get(node);
        for (const kid of kids ?? [])
            this.numbers(kid, map);
        for (let i = 0; i < (nums ?? []).length; i += 2)
            map.set(nums[i], this.get(nums[i + 1]) instanceof Array ? this.get(nums[i + 1]) : nums[i + 1]);
        return map;
    }
}

// Marks and annotations that each element claims, as "page mark"; parents that don't agree.
function walkTree(pdf, reference, parent, found) {
    const element = pdf.get(reference);
    found.elements.push(element);
    found.astray += element['/P'] !== parent;
    for (const kid of [element['/K'] ?? []].flat()) {
        const inner = pdf.get(kid);
        if (typeof kid === 'number')
            found.claims.push(`${element['/Pg']} ${kid} ${reference}`);
        else if (inner['/Type'] === '/MCR')
            found.claims.push(`${inner['/Pg']} ${inner['/MCID']} ${reference}`);
        else if (inner['/Type'] === '/OBJR')
            found.claims.push(`${inner['/Obj']} ${reference}`);
        else
            walkTree(pdf, kid, reference, found);
    }
    return found;
}

function checkPage(pdf, page, tree, claims) {
    const { '/Contents': contents, '/StructParents': key, '/Annots': annotations, '/Tabs': tabs } = pdf.get(page);
    const marks = marksOf(pdf.stream(contents)), owners = tree.get(key) ?? [];
    check(marks.isBalanced && marks.depth === 0, `${page}: marks open and close`);
    check(marks.outside === 0, `${page}: ${marks.outside} things are painted outside of any mark`);
    check(marks.ids.every((id, i) => id === i), `${page}: marks are numbered`);
    check(marks.ids.length === owners.length, `${page}: ${marks.ids.length} marks, ${owners.length} owners`);
    check(owners.every((owner, i) => claims.delete(`${page} ${i} ${owner}`)), `${page}: an owner does not know its mark`);
    for (const annotation of annotations ?? []) {
        const { '/StructParent': number, '/Contents': words } = pdf.get(annotation);
        check(words?.length > 2, `${annotation}: a link has words`);
        check(claims.delete(`${annotation} ${tree.get(number)}`), `${annotation}: a link belongs to an element`);
    }
    check(!annotations || tabs === '/S', `${page}: tab order is that of the structure`);
}

function checkElements(elements) {
    for (const e of elements) {
        if (e['/S'] === '/Figure')
            check(e['/Alt']?.length > 2, 'a figure has words');
        if (e['/S'] === '/TH')
            check(['/Row', '/Column'].includes(e['/A']['/Scope']), 'the head of a table says of what');
    }
}

function checkFile(path) {
    file = basename(path);
    const pdf = new Pdf(path), { catalog } = pdf, root = pdf.get(catalog['/StructTreeRoot']);
    check(pdf.get(catalog['/MarkInfo'])['/Marked'] === true, 'says that it is tagged');
    check(catalog['/Lang']?.length > 2, 'says its language');
    check(pdf.get(catalog['/ViewerPreferences'])['/DisplayDocTitle'] === true, 'shows its title');
    const found = walkTree(pdf, root['/K'], catalog['/StructTreeRoot'], { elements: [], claims: [], astray: 0 });
    check(found.astray === 0, `${found.astray} elements name another parent`);
    const claims = new Set(found.claims), tree = pdf.numbers(root['/ParentTree']);
    check(claims.size === found.claims.length, 'no mark is claimed twice');
    for (const page of pdf.pages())
        checkPage(pdf, page, tree, claims);
    check(claims.size === 0, `${claims.size} claims without a mark: ${[...claims].slice(0, 3)}`);
    checkElements(found.elements);
}

process.argv.slice(2).forEach(checkFile);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed || !tally.passed ? 1 : 0);
