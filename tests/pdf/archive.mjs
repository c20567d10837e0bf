// pdf/archive: the rules of PDF/A-3B (ISO 19005-3) that a program can judge.
import { Font } from './fonts.mjs';
import { run, words } from './file.mjs';

const isPrinted = (flags) => (flags & 4) !== 0 && (flags & (1 | 2 | 32 | 256)) === 0;
const isDictionary = (value) => !Array.isArray(value);
// What can act, hide, or come from elsewhere.
const closed = ['/AA', '/OpenAction', '/OCProperties', '/OC', '/XFA', '/NeedAppearances', '/Requirements', '/AlternatePresentations',
    '/EmbeddedFiles', '/JS', '/FFilter', '/OPI', '/Ref', '/PS', '/Alternates', '/TR', '/HTP', '/PresSteps', '/Encrypt'];
const catalogKeys = ['/Type', '/Pages', '/Lang', '/Metadata', '/OutputIntents', '/MarkInfo', '/ViewerPreferences', '/StructTreeRoot',
    '/Outlines', '/PageMode', '/PageLayout', '/PageLabels', '/AcroForm', '/Perms', '/Names', '/Dests'];

function checkFrame(pdf, check) {
    const head = pdf.bytes.subarray(0, 15), [first, second] = pdf.trailer['/ID'] ?? [];
    check('header', head.toString('latin1', 0, 9) === '%PDF-1.7\n' && head[9] === 0x25 && head.subarray(10, 14).every((b) => b > 127));
    check('end', pdf.bytes.subarray(-6).toString('latin1') === '%%EOF\n' || pdf.bytes.subarray(-5).toString('latin1') === '%%EOF');
    check('id', /^b:[0-9a-f]{32}$/.test(first) && /^b:[0-9a-f]{32}$/.test(second) && !/^b:0+$/.test(first));
    check('catalog', Object.keys(pdf.catalog).every((key) => catalogKeys.includes(key)), Object.keys(pdf.catalog).join(' '));
    const perms = Object.keys(pdf.get(pdf.catalog['/Perms']) ?? {});
    check('perms', perms.every((key) => ['/DocMDP', '/UR3'].includes(key)));
}

// Elements in their order, with the text that each holds; undefined when it is not well-formed.
function elementsOf(xml) {
    const open = [], list = [];
    const body = xml.replace(/^<\?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"\?>/, '').replace(/<\?xpacket end="[rw]"\?>$/, '');
    const part = /<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*>|((?:[^<>&]|&(?:amp|lt|gt|quot|apos);)+)|([\s\S])/gy;
    for (const [, slash, name, , text, wrong] of body.matchAll(part)) {
        if (wrong !== undefined || (slash && open.pop()?.name !== name))
            return undefined;
        if (name && !slash) {
            open.push({ name, text: '', path: [...open.map((e) => e.name), name].join(' ') });
            list.push(open.at(-1));
        }
        for (const e of text ? open : [])
            e.text += text;
    }
    const plain = (t) => t.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&').replace(/^\n+|\n+$/g, '');
    return open.length === 0 ? list.map((e) => ({ ...e, text: plain(e.text) })) : undefined;
}

const dateOf = (value) => value?.replace(/^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');

function checkFacts(pdf, check) {
    const { '/Type': type, '/Subtype': kind, '/Filter': filter } = pdf.get(pdf.catalog['/Metadata']) ?? {};
    const xml = filter ? '' : pdf.stream(pdf.catalog['/Metadata'])?.toString('utf8') ?? '';
    check('xmp-plain', type === '/Metadata' && kind === '/XML' &&
        xml.startsWith('<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>') && !xml.includes('\uFFFD'));
    const elements = elementsOf(xml);
    if (!check('xmp-well-formed', elements !== undefined))
        return;
    const said = (name) => elements.find((e) => e.name === name)?.text, info = pdf.get(pdf.trailer['/Info']);
    const fact = { '/Title': 'dc:title', '/Author': 'dc:creator', '/Subject': 'dc:description', '/Creator': 'xmp:CreatorTool',
        '/Producer': 'pdf:Producer', '/CreationDate': 'xmp:CreateDate', '/ModDate': 'xmp:ModifyDate' };
    for (const [key, name] of Object.entries(fact))
        check('xmp-agrees', dateOf(words(info[key])) === said(name), `${key} ${words(info[key])}, ${name} ${said(name)}`);
    check('title', said('dc:title')?.length > 0);
    check('claims-archive', said('pdfaid:part') === '3' && said('pdfaid:conformance') === 'B');
    check('claims-access', said('pdfuaid:part') === '1' && elements.some((e) => e.name === 'pdfaSchema:prefix' && e.text === 'pdfuaid') &&
        elements.some((e) => e.name === 'pdfaProperty:name' && e.text === 'part'));
}

function checkColors(pdf, check) {
    const intents = (pdf.get(pdf.catalog['/OutputIntents']) ?? []).map((i) => pdf.get(i));
    check('intent', intents.length === 1 && intents[0]['/S'] === '/GTS_PDFA1' && words(intents[0]['/OutputConditionIdentifier'])?.length > 0);
    const icc = pdf.stream(intents[0]?.['/DestOutputProfile']) ?? Buffer.alloc(132);
    check('profile', icc.readUInt32BE(0) === icc.length && icc[8] <= 4 && icc.toString('latin1', 12, 24) === 'mntrRGB XYZ ' &&
        icc.toString('latin1', 36, 40) === 'acsp' && pdf.get(intents[0]['/DestOutputProfile'])['/N'] === 3);
    const fits = (i) => icc.readUInt32BE(136 + 12 * i) + icc.readUInt32BE(140 + 12 * i) <= icc.length;
    check('profile-parts', icc.readUInt32BE(128) === 10 && Array.from({ length: 10 }, (_, i) => i).every(fits));
}

function checkObjects(pdf, check) {
    const long = (v) => typeof v === 'string' && (/^[ub]:/.test(v) ? (v[0] === 'b' ? (v.length - 2) / 2 : 2 * v.length) > 32767 : v[0] === '/' && v.length > 128);
    for (const [value, name] of pdf.values()) {
        const items = Object.values(value);
        check('limits', !items.some(long) && !items.some((v) => typeof v === 'number' && Math.abs(v) > 2147483647), name);
        if (!isDictionary(value))
            continue;
        const bad = closed.filter((key) => key in value);
        check('closed', bad.length === 0, `${name} ${bad}`);
        if (value['/S'] && value['/Type'] === '/Action')
            check('actions', ['/URI', '/GoTo'].includes(value['/S']), name);
        const filters = [value['/Filter'] ?? []].flat();
        if (value['/Type'] !== '/Sig')
            check('filters', filters.every((f) => ['/FlateDecode', '/DCTDecode'].includes(f)) && !('/F' in value && '/Length' in value), name);
        if (value['/Subtype'] === '/Image')
            check('image-colors', ['/DeviceRGB', '/DeviceGray'].includes(value['/ColorSpace']) && !value['/Interpolate'], name);
    }
}

function checkAnnotation(pdf, reference, check) {
    const a = pdf.get(reference), states = Object.keys(pdf.get(a['/AP']) ?? {});
    check('annotation-kinds', ['/Link', '/Widget'].includes(a['/Subtype']), reference);
    check('annotation-printed', isPrinted(a['/F']), `${reference} ${a['/F']}`);
    if (a['/Subtype'] === '/Widget')
        check('appearance', states.join() === '/N' && pdf.stream(pdf.get(a['/AP'])['/N']) !== undefined && !a['/A'], reference);
}

const painting = new Set('q Q cm w J j M d ri i m l c v y h re S s f f* F B B* b b* n W W* BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* Tj TJ rg RG g G Do BDC BMC EMC'.split(' '));

function checkStream(check, seen, resources, where) {
    const strange = [...seen.operators].filter((o) => !painting.has(o));
    check('operators', strange.length === 0, `${where} ${strange}`);
    check('nesting', seen.depth === 0 && seen.deepest <= 28, where);
    check('resources', seen.names.every((name) => name in resources), `${where} ${seen.names.filter((n) => !(n in resources))}`);
}

function checkPage(pdf, reference, check, used) {
    const page = pdf.get(reference), resources = pdf.get(page['/Resources']), box = page['/MediaBox'];
    const fonts = pdf.get(resources['/Font']) ?? {}, objects = pdf.get(resources['/XObject']) ?? {};
    check('page-size', box[2] - box[0] >= 3 && box[3] - box[1] >= 3 && Math.max(...box) <= 14400);
    const seen = run(pdf.stream(page['/Contents']), (name, codes) => {
        if (!(name in fonts))
            return;
        const set = used.get(fonts[name]) ?? used.set(fonts[name], new Set()).get(fonts[name]);
        codes.forEach((code) => set.add(code));
    });
    checkStream(check, seen, { ...fonts, ...objects }, reference);
    for (const annotation of pdf.get(page['/Annots']) ?? [])
        checkAnnotation(pdf, annotation, check);
}

function checkFonts(pdf, check, used) {
    for (const [reference, codes] of used) {
        const font = new Font(pdf, reference);
        if (!check('embedded', font.isWhole, reference))
            continue;
        check('font-names', font.isNamed && font.ordering === 'Identity', reference);
        const wrong = font.wrong([...codes]);
        check('glyphs', wrong.length === 0, `${reference} ${wrong.slice(0, 5)}`);
    }
}

export function archiveRules(pdf, check) {
    const used = new Map();
    checkFrame(pdf, check);
    checkFacts(pdf, check);
    checkColors(pdf, check);
    checkObjects(pdf, check);
    for (const page of pdf.pages)
        checkPage(pdf, page, check, used);
    checkFonts(pdf, check, used);
    for (const [name, { stream }] of Object.entries(pdf.objects))
        if (stream?.dict['/Subtype'] === '/Form')
            checkStream(check, run(pdf.stream(name.slice(4))), pdf.get(stream.dict['/Resources']) ?? {}, name);
}
