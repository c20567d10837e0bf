// pdf/control: each rule of pdf/judge must notice what breaks it.
//
//   control.mjs FILE.pdf
//
// The file, which keeps all rules and has something for each, is broken in one way at a time, in
// memory; the rule named beside must see it, and every rule that was asked must be named.
import { deflateSync } from 'node:zlib';
import { archiveRules } from './archive.mjs';
import { Pdf } from './file.mjs';
import { tagRules } from './tags.mjs';

const whole = new Pdf(process.argv[2]);

function judged(pdf) {
    const asked = new Set(), failed = new Set();
    const check = (rule, fine) => {
        asked.add(rule);
        if (!fine)
            failed.add(rule);
        return fine;
    };
    archiveRules(pdf, check);
    tagRules(pdf, check);
    return { asked, failed };
}

function copy() {
    const pdf = Object.create(Pdf.prototype);
    pdf.bytes = Buffer.from(whole.bytes);
    pdf.objects = structuredClone(whole.objects);
    pdf.trailer = pdf.objects.trailer.value;
    pdf.catalog = pdf.get(pdf.trailer['/Root']);
    return pdf;
}

// The nth dictionary that fits.
function find(pdf, fits, nth = 0) {
    for (const [value] of pdf.values())
        if (!Array.isArray(value) && fits(value) && nth-- === 0)
            return value;
    throw new Error(`the file has nothing of the kind ${fits}`);
}
const element = (pdf, role, nth) => find(pdf, (v) => v['/S'] === `/${role}` && '/P' in v, nth);
const annotation = (pdf, kind) => find(pdf, (v) => v['/Subtype'] === `/${kind}`);

function rewrite(pdf, reference, from, to) {
    const { stream } = pdf.raw(reference), text = pdf.stream(reference).toString('latin1');
    const changed = text.replace(from, to), bytes = Buffer.from(changed, 'latin1');
    if (changed === text)
        throw new Error(`no ${from} in ${reference}`);
    stream.data = (stream.dict['/Filter'] ? deflateSync(bytes) : bytes).toString('base64');
}
const xmp = (from, to) => (pdf) => rewrite(pdf, pdf.catalog['/Metadata'], from, to);
const profile = (pdf) => pdf.get(pdf.get(pdf.catalog['/OutputIntents'])[0])['/DestOutputProfile'];
// On the second page, which has one of everything.
const content = (from, to) => (pdf) => rewrite(pdf, pdf.get(pdf.pages[1])['/Contents'], from, to);
const kidsOf = (pdf, e) => [e['/K']].flat().map((kid) => pdf.get(kid));

const broken = [
    ['header', (pdf) => pdf.bytes.write('%PDF-1.4')],
    ['end', (pdf) => { pdf.bytes = Buffer.concat([pdf.bytes, Buffer.from('more')]); }],
    ['id', (pdf) => { pdf.trailer['/ID'][0] = `b:${'0'.repeat(32)}`; }],
    ['catalog', (pdf) => { pdf.catalog['/PieceInfo'] = {}; }],
    ['perms', (pdf) => { pdf.catalog['/Perms']['/UR'] = '1 0 R'; }],
    ['xmp-plain', (pdf) => { pdf.raw(pdf.catalog['/Metadata']).stream.dict['/Filter'] = '/FlateDecode'; }],
    ['xmp-plain', xmp('<?xpacket begin', '<?xpacket encoding')],
    ['xmp-well-formed', xmp('</rdf:Alt>', '')],
    ['xmp-well-formed', xmp('continuo', 'a & b')],
    ['xmp-agrees', xmp(/<dc:title>.*?<\/dc:title>/, '')],
    ['xmp-agrees', (pdf) => { pdf.get(pdf.trailer['/Info'])['/ModDate'] = 'u:D:20260101000000Z'; }],
    ['xmp-agrees', (pdf) => { pdf.get(pdf.trailer['/Info'])['/Title'] = 'u:Another'; }],
    ['title', xmp(/("x-default">)[^<]*/, '$1')],
    ['claims-archive', xmp('<pdfaid:part>3', '<pdfaid:part>1')],
    ['claims-access', xmp('<pdfaSchema:prefix>pdfuaid', '<pdfaSchema:prefix>other')],
    ['claims-access', xmp('<pdfuaid:part>1</pdfuaid:part>', '')],
    ['intent', (pdf) => delete pdf.catalog['/OutputIntents']],
    ['profile', (pdf) => rewrite(pdf, profile(pdf), 'acsp', 'ACSP')],
    ['profile', (pdf) => rewrite(pdf, profile(pdf), 'RGB ', 'CMYK')],
    ['profile-parts', (pdf) => rewrite(pdf, profile(pdf), /(bTRC....)..../s, '$1\x7fAAA')],
    ['limits', (pdf) => { annotation(pdf, 'Link')['/Contents'] = `u:${'x'.repeat(20000)}`; }],
    ['closed', (pdf) => { pdf.catalog['/OpenAction'] = { '/S': '/GoTo' }; }],
    ['closed', (pdf) => { pdf.get(pdf.catalog['/AcroForm'])['/NeedAppearances'] = true; }],
    ['actions', (pdf) => { find(pdf, (v) => v['/S'] === '/URI')['/S'] = '/Launch'; }],
    ['filters', (pdf) => { annotation(pdf, 'Image')['/Filter'] = '/LZWDecode'; }],
    ['image-colors', (pdf) => { annotation(pdf, 'Image')['/ColorSpace'] = '/DeviceCMYK'; }],
    ['annotation-kinds', (pdf) => { annotation(pdf, 'Link')['/Subtype'] = '/Movie'; }],
    ['annotation-printed', (pdf) => { annotation(pdf, 'Link')['/F'] = 0; }],
    ['annotation-printed', (pdf) => { annotation(pdf, 'Widget')['/F'] = 6; }],
    ['appearance', (pdf) => delete annotation(pdf, 'Widget')['/AP']],
    ['operators', content('\nBT\n', '\n/G gs\nBT\n')],
    ['operators', content(' rg\n', ' 0 k\n')],
    ['nesting', content('\nBT\n', '\nq\nBT\n')],
    ['resources', content(/\/F\d+ /, '/F999 ')],
    ['page-size', (pdf) => { pdf.get(pdf.pages[0])['/MediaBox'] = [0, 0, 2, 2]; }],
    ['embedded', (pdf) => delete find(pdf, (v) => '/FontFile2' in v)['/FontFile2']],
    ['embedded', (pdf) => delete find(pdf, (v) => '/ToUnicode' in v)['/ToUnicode']],
    ['font-names', (pdf) => { find(pdf, (v) => v['/Subtype'] === '/Type0')['/BaseFont'] = '/Helvetica'; }],
    ['glyphs', (pdf) => rewrite(pdf, find(pdf, (v) => '/ToUnicode' in v)['/ToUnicode'], /<0001> .*\n/, '')],
    ['glyphs', (pdf) => rewrite(pdf, find(pdf, (v) => '/ToUnicode' in v)['/ToUnicode'], /<0001> <.*>/, '<0001> <FEFF>')],
    ['glyphs', (pdf) => rewrite(pdf, find(pdf, (v) => '/CIDToGIDMap' in v)['/CIDToGIDMap'], /^(..)../s, '$1\0\0')],
    ['glyphs', (pdf) => { find(pdf, (v) => '/CIDToGIDMap' in v)['/W'][1][1] += 7; }],
    ['marked', (pdf) => { pdf.get(pdf.catalog['/MarkInfo'])['/Marked'] = false; }],
    ['language', (pdf) => { pdf.catalog['/Lang'] = 'u:'; }],
    ['shows-title', (pdf) => delete pdf.catalog['/ViewerPreferences']],
    ['claims', (pdf) => { element(pdf, 'P')['/K'].push(element(pdf, 'P')['/K'][0]); }],
    ['parent-tree', (pdf) => { pdf.get(pdf.catalog['/StructTreeRoot'])['/ParentTreeNextKey'] = 1; }],
    ['parent-tree', (pdf) => find(pdf, (v) => '/Nums' in v)['/Nums'][1].reverse()],
    ['annotation-words', (pdf) => delete annotation(pdf, 'Link')['/Contents']],
    ['annotation-role', (pdf) => { element(pdf, 'Form')['/S'] = '/P'; }],
    ['field-name', (pdf) => delete annotation(pdf, 'Widget')['/TU']],
    ['inside-marks', content(/\/P <<\/MCID 1>> BDC([\s\S]*?)EMC/, '$1')],
    ['marks-nest', content('EMC\n', '')],
    ['marks-nest', content(/(BDC\n)(BT\n)/, '$1/Artifact BMC\nEMC\n$2')],
    ['marks-numbered', content('/MCID 3>>', '/MCID 777>>')],
    ['marks-numbered', (pdf) => delete pdf.get(pdf.pages[1])['/StructParents']],
    ['foot', content('/Subtype /Footer', '/Subtype /Nothing')],
    ['foot', content('/Type /Pagination', '/Type /Layout')],
    ['tab-order', (pdf) => delete pdf.get(pdf.pages[1])['/Tabs']],
    ['heading-levels', (pdf) => { element(pdf, 'H2')['/S'] = '/H3'; }],
    ['heading-levels', (pdf) => { element(pdf, 'H1', 1)['/S'] = '/H2'; }],
    ['figure-words', (pdf) => delete element(pdf, 'Figure')['/Alt']],
    ['figure-box', (pdf) => delete element(pdf, 'Figure')['/A']],
    ['head-scope', (pdf) => delete element(pdf, 'TH')['/A']],
    ['table-rows', (pdf) => element(pdf, 'TR', 1)['/K'].pop()],
    ['table-head', (pdf) => kidsOf(pdf, element(pdf, 'TR')).forEach((cell) => { cell['/S'] = '/TD'; })],
    ['caption-first', (pdf) => { kidsOf(pdf, element(pdf, 'Table'))[1]['/S'] = '/Caption'; }],
    ['list-numbers', (pdf) => delete find(pdf, (v) => v['/S'] === '/L' && '/A' in v)['/A']],
    ['boxes', (pdf) => delete find(pdf, (v) => v['/S'] === '/Lbl' && '/Alt' in v)['/Alt']],
    ['link-annotation', (pdf) => { element(pdf, 'Link')['/K'] = []; }],
    ['form-annotation', (pdf) => { element(pdf, 'Form')['/K'] = [element(pdf, 'Form')['/K']]; }],
    ['roles', (pdf) => { element(pdf, 'Code')['/S'] = '/Kode'; }],
    ['nests', (pdf) => { element(pdf, 'TD')['/S'] = '/P'; }],
    ['nests', (pdf) => { element(pdf, 'LBody')['/S'] = '/Sect'; }],
    ['nests', (pdf) => { element(pdf, 'TOCI')['/P'] = element(pdf, 'P')['/P']; }],
    ['note-names', (pdf) => { element(pdf, 'Note')['/ID'] = 'u:other'; }],
    ['note-names', (pdf) => delete pdf.get(pdf.catalog['/StructTreeRoot'])['/IDTree']],
];

let passed = 0, failed = 0;
function expect(fine, message) {
    fine ? passed++ : failed++;
    if (!fine)
        console.log(`FAIL control: ${message}`);
}

const { asked, failed: wrong } = judged(copy());
expect(wrong.size === 0, `the file itself breaks ${[...wrong]}`);
for (const [rule, tamper] of broken) {
    const pdf = copy();
    tamper(pdf);
    let seen;
    try {
        seen = judged(pdf).failed;
    } catch (error) {
        seen = new Set([`(${error.message})`]);
    }
    expect(seen.has(rule), `${rule} does not see ${tamper}; seen: ${[...seen]}`);
}
for (const rule of asked)
    expect(broken.some(([name]) => name === rule), `nothing breaks ${rule}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
