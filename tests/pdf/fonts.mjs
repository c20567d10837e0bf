// pdf/fonts: what the fonts of a file say of their codes, and whether it is true.
import { words } from './file.mjs';

// The lines "<0001> <0041>" of a ToUnicode stream: code to text.
function meaningsOf(bytes) {
    const map = new Map();
    for (const [, code, text] of (bytes ?? Buffer.alloc(0)).toString('latin1').matchAll(/^<([0-9A-F]{4})> <([0-9A-F]+)>$/gm))
        map.set(parseInt(code, 16), Buffer.from(text, 'hex').swap16().toString('utf16le'));
    return map;
}

function tablesOf(sfnt) {
    const tables = {};
    for (let i = 0; i < sfnt.readUInt16BE(4); i++) {
        const at = 12 + 16 * i;
        tables[sfnt.toString('latin1', at, at + 4)] = sfnt.subarray(sfnt.readUInt32BE(at + 8), sfnt.readUInt32BE(at + 8) + sfnt.readUInt32BE(at + 12));
    }
    return tables;
}

// Advances by glyph, thousandths.
function advancesOf(sfnt) {
    const { head, hhea, hmtx, maxp } = tablesOf(sfnt), long = hhea.readUInt16BE(34), upem = head.readUInt16BE(18);
    return Array.from({ length: maxp.readUInt16BE(4) }, (_, glyph) => hmtx.readUInt16BE(4 * Math.min(glyph, long - 1)) * 1000 / upem);
}

export class Font {
    constructor(pdf, reference) {
        const font = pdf.get(reference), below = pdf.get(pdf.get(font['/DescendantFonts'] ?? [])[0]) ?? {};
        const descriptor = pdf.get(below['/FontDescriptor']) ?? {}, map = pdf.stream(below['/CIDToGIDMap']);
        const program = pdf.stream(descriptor['/FontFile2']);
        this.isComposite = font['/Subtype'] === '/Type0' && below['/Subtype'] === '/CIDFontType2' && font['/Encoding'] === '/Identity-H';
        this.isNamed = font['/BaseFont'] === below['/BaseFont'] && font['/BaseFont'] === descriptor['/FontName'] && /^\/[A-Z]{6}\+/.test(font['/BaseFont']);
        this.isWhole = this.isComposite && map !== undefined && program !== undefined && pdf.stream(font['/ToUnicode']) !== undefined;
        this.meanings = meaningsOf(pdf.stream(font['/ToUnicode']));
        this.widths = pdf.get(below['/W'])?.[1] ?? [];
        this.glyphs = map ? Array.from({ length: map.length / 2 }, (_, i) => map.readUInt16BE(2 * i)) : [];
        this.advances = program ? advancesOf(program) : [];
        this.ordering = words(below['/CIDSystemInfo']?.['/Ordering']);
    }
    text(codes) {
        return codes.map((code) => this.meanings.get(code) ?? '').join('');
    }
    // Codes that stand for no glyph, for no text, or that are not as wide as they say.
    wrong(codes) {
        return codes.filter((code) => !this.glyphs[code] || !/^[^\0\uFEFF\uFFFE\uFFFF]+$/.test(this.meanings.get(code) ?? '') ||
            !(Math.abs(this.widths[code] - this.advances[this.glyphs[code]]) < 1));
    }
}
