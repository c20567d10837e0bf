// pdf/tags: what a screen reader finds: the rules of PDF/UA-1 (ISO 14289-1) that a program can judge.
import { Font } from './fonts.mjs';
import { run, words } from './file.mjs';

// What may stand in what; other roles may stand anywhere.
const parents = { '/TR': ['/Table'], '/TH': ['/TR'], '/TD': ['/TR'], '/LI': ['/L'], '/LBody': ['/LI'], '/Lbl': ['/LI', '/Note'],
    '/TOCI': ['/TOC'], '/Reference': ['/TOCI'], '/Caption': ['/Table'] };
const kids = { '/Table': ['/TR', '/Caption'], '/TR': ['/TH', '/TD'], '/L': ['/LI'], '/LI': ['/Lbl', '/LBody'], '/TOC': ['/TOCI'],
    '/TOCI': ['/Reference'], '/Index': ['/L'] };
const roles = new Set('Document Sect H1 H2 H3 H4 H5 H6 P BlockQuote Code L LI Lbl LBody Table TR TH TD Caption Figure Link Span Note TOC TOCI Reference Index Form'
    .split(' ').map((r) => `/${r}`));

// Walks the tree: elements in reading order, and the marks and annotations that each claims.
function walk(pdf, reference, parent, found) {
    const element = { ...pdf.get(reference), reference, parent, below: [], annotations: [], marks: [] };
    found.elements.push(element);
    parent?.below.push(element);
    const claim = (key, list, what) => {
        found.claims.set(key, [...found.claims.get(key) ?? [], element]);
        list.push(what);
    };
    for (const kid of [element['/K'] ?? []].flat()) {
        const inner = pdf.get(kid);
        if (typeof kid === 'number')
            claim(`${element['/Pg']} ${kid}`, element.marks, `${element['/Pg']} ${kid}`);
        else if (inner['/Type'] === '/MCR')
            claim(`${inner['/Pg']} ${inner['/MCID']}`, element.marks, `${inner['/Pg']} ${inner['/MCID']}`);
        else if (inner['/Type'] === '/OBJR')
            claim(inner['/Obj'], element.annotations, inner['/Obj']);
        else
            walk(pdf, kid, element, found);
    }
    return found;
}

function checkCatalog(pdf, check) {
    const { '/Marked': marked, '/Suspects': suspects } = pdf.get(pdf.catalog['/MarkInfo']) ?? {};
    check('marked', marked === true && !suspects);
    check('language', /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(words(pdf.catalog['/Lang'])), pdf.catalog['/Lang']);
    check('shows-title', pdf.get(pdf.catalog['/ViewerPreferences'])?.['/DisplayDocTitle'] === true);
}

function checkOwner(check, found, key, owner, where) {
    const owners = found.claims.get(key) ?? [];
    check('claims', owners.length === 1, `${where}: claimed ${owners.length} times`);
    check('parent-tree', owners.length === 1 && owners[0].reference === owner, where);
    found.left.delete(key);
}

function checkAnnotation(pdf, reference, check, found, tree) {
    const { '/Subtype': kind, '/StructParent': number, '/Contents': said, '/TU': name } = pdf.get(reference);
    check('annotation-words', words(said)?.trim().length > 0, reference);
    checkOwner(check, found, reference, tree.get(number), reference);
    const role = found.claims.get(reference)?.[0]['/S'];
    check('annotation-role', role === (kind === '/Link' ? '/Link' : '/Form'), `${reference} ${role}`);
    if (kind === '/Widget')
        check('field-name', words(name)?.length > 0, reference);
}

function checkPage(pdf, reference, index, check, found, tree) {
    const page = pdf.get(reference), fonts = pdf.get(pdf.get(page['/Resources'])['/Font']) ?? {}, owners = tree.get(page['/StructParents']) ?? [];
    const said = new Map();
    const seen = run(pdf.stream(page['/Contents']), (name, codes, marks) => {
        if (!(name in fonts))
            return;
        const mark = marks.find((m) => m.id !== undefined || m.role === '/Artifact') ?? { text: '' };
        const font = found.fonts.get(fonts[name]) ?? found.fonts.set(fonts[name], new Font(pdf, fonts[name])).get(fonts[name]);
        const key = mark.id === undefined ? mark.text : `${reference} ${mark.id}`;
        said.set(key, (said.get(key) ?? '') + font.text(codes));
    });
    check('inside-marks', seen.outside === 0, `${reference}: ${seen.outside} things outside`);
    check('marks-nest', seen.badNests === 0, reference);
    check('marks-numbered', seen.ids.every((id, i) => id === i) && seen.ids.length === owners.length && page['/StructParents'] !== undefined, reference);
    owners.forEach((owner, i) => checkOwner(check, found, `${reference} ${i}`, owner, `${reference} ${i}`));
    const foot = [...said].find(([key]) => key.includes('/Footer'))?.[1] ?? '';
    const number = pdf.catalog['/PageLabels'] ? /Page \S+ of [0-9ivxlcdm]+/ : new RegExp(`Page ${index + 1} of ${pdf.pages.length}`);
    found.feet.push({ foot, isFine: number.test(foot), where: reference });
    check('foot', [...said.keys()].filter((key) => key.startsWith('/Artifact')).every((key) => /\/Pagination/.test(key) || key === '/Artifact'), reference);
    for (const annotation of pdf.get(page['/Annots']) ?? [])
        checkAnnotation(pdf, annotation, check, found, tree);
    check('tab-order', !page['/Annots'] || page['/Tabs'] === '/S', reference);
    for (const [key, text] of said)
        found.said.set(key, text);
}

const attribute = (pdf, e, key) => [pdf.get(e['/A']) ?? []].flat().map((a) => pdf.get(a)[key]).find((v) => v !== undefined);

function checkHeadings(check, elements) {
    let level = 0;
    for (const e of elements.filter((x) => /^\/H[1-6]$/.test(x['/S']))) {
        const next = Number(e['/S'][2]);
        check('heading-levels', next <= level + 1, `${e['/S']} after H${level}`);
        level = next;
    }
}

const checkRole = {
    '/Figure': (pdf, e, check) => {
        check('figure-words', words(e['/Alt'])?.trim().length > 0, e.reference);
        check('figure-box', attribute(pdf, e, '/BBox')?.length === 4, e.reference);
    },
    '/TH': (pdf, e, check) => check('head-scope', ['/Row', '/Column'].includes(attribute(pdf, e, '/Scope')), e.reference),
    '/Table': (pdf, e, check) => {
        const rows = e.below.filter((r) => r['/S'] === '/TR');
        check('table-rows', rows.every((r) => r.below.length === rows[0].below.length), `${e.reference} ${rows.map((r) => r.below.length)}`);
        check('table-head', rows.some((r) => r.below.some((c) => c['/S'] === '/TH')), e.reference);
        check('caption-first', e.below.every((k, i) => k['/S'] !== '/Caption' || i === 0), e.reference);
    },
    '/L': (pdf, e, check, said) => {
        const numbered = e.below.some((i) => i.below[0]?.['/S'] === '/Lbl' && /^\d/.test(said(i.below[0])));
        check('list-numbers', numbered === (attribute(pdf, e, '/ListNumbering') === '/Decimal'), e.reference);
    },
    '/Lbl': (pdf, e, check, said) => check('boxes', !/[☐☑]/.test(said(e)) || ['open', 'done'].includes(words(e['/Alt'])), e.reference),
    '/Link': (pdf, e, check) => check('link-annotation', e.annotations.length > 0 && e.annotations.every((a) => pdf.get(a)['/Subtype'] === '/Link'), e.reference),
    '/Form': (pdf, e, check) => check('form-annotation', !Array.isArray(e['/K']) && e.annotations.length === 1, e.reference),
};

function checkElements(pdf, check, found, names) {
    const said = (e) => e ? e.marks.map((m) => found.said.get(m) ?? '').join('') : '';
    for (const e of found.elements) {
        check('roles', roles.has(e['/S']), `${e.reference} ${e['/S']}`);
        check('nests', e['/P'] === (e.parent?.reference ?? pdf.catalog['/StructTreeRoot']) && (parents[e['/S']]?.includes(e.parent['/S']) ?? true) &&
            (!kids[e['/S']] || e.below.every((k) => kids[e['/S']].includes(k['/S']))), `${e.reference} ${e['/S']} in ${e.parent?.['/S']}`);
        if (kids[e['/S']])
            check('nests', e.marks.length === 0, `${e.reference} ${e['/S']} holds text`);
        checkRole[e['/S']]?.(pdf, e, check, said);
        if (e['/S'] === '/Note') {
            check('note-names', typeof e['/ID'] === 'string' && names.get(e['/ID']) === e.reference, `${e.reference} ${e['/ID']}`);
            names.delete(e['/ID']);
        }
    }
    check('note-names', names.size === 0, `${names.size} names of nothing`);
}

export function tagRules(pdf, check) {
    const root = pdf.get(pdf.catalog['/StructTreeRoot']);
    checkCatalog(pdf, check);
    const found = walk(pdf, root['/K'], undefined, { elements: [], claims: new Map(), fonts: new Map(), said: new Map(), feet: [] });
    found.left = new Set(found.claims.keys());
    const tree = pdf.tree(root['/ParentTree'], '/Nums'), names = root['/IDTree'] ? pdf.tree(root['/IDTree'], '/Names') : new Map();
    pdf.pages.forEach((page, i) => checkPage(pdf, page, i, check, found, tree));
    for (const { foot, isFine, where } of found.feet) // a sheet to be folded has none at all
        check('foot', isFine || found.feet.every((f) => f.foot === ''), `${where} ${foot}`);
    check('claims', found.left.size === 0, `without a mark: ${[...found.left].slice(0, 3)}`);
    check('parent-tree', root['/ParentTreeNextKey'] > Math.max(...tree.keys()));
    checkHeadings(check, found.elements);
    checkElements(pdf, check, found, names);
}
