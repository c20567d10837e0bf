// sign/seal: the place of the signature in a PDF, read as strictly as a verifier should.
//
//   seal.mjs FILE.pdf FOLDER
//
// Writes into the folder the signature (cms) and the bytes that it covers (content); where it is
// time-stamped, the stamp (token) and what that is for (value). Closes with `N passed, N failed`.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [file, folder] = process.argv.slice(2);
const bytes = readFileSync(file), text = bytes.toString('latin1');
const tally = { passed: 0, failed: 0 };

function check(fine, message) {
    tally[fine ? 'passed' : 'failed']++;
    if (!fine)
        console.log(`FAIL ${file}: ${message}`);
    return fine;
}

const count = (word) => text.split(word).length - 1;

function checkRevisions() {
    for (const word of ['startxref', '%%EOF', '\ntrailer', '/ByteRange', '/DocMDP', '/AcroForm', '/SubFilter'])
        check(count(word) === (word === '/DocMDP' ? 2 : 1), `${count(word)} times ${word}`);
    check(/startxref\s+\d+\s+%%EOF\s*$/.test(text), 'the end is the end');
    check(/\/SubFilter \/ETSI\.CAdES\.detached\n\/M \(D:\d{8}000000Z\)/.test(text), 'a day, no moment');
    check(/\/TransformMethod \/DocMDP \/TransformParams <<[^>]*\/P 1 /.test(text), 'no change is allowed');
}

// Length of an element of DER with its head.
function lengthOf(der) {
    const first = der[1], bytes = first & 127;
    return first < 128 ? 2 + first : bytes > 0 && bytes < 4 ? 2 + bytes + der.readUIntBE(2, bytes) : 0;
}

const contentOf = (der) => der.subarray(der[1] < 128 ? 2 : 2 + (der[1] & 127), lengthOf(der));

function partsOf(der) {
    const parts = [];
    for (let rest = contentOf(der), size; rest.length > 1 && (size = lengthOf(rest)) > 0; rest = rest.subarray(size))
        parts.push(rest.subarray(0, size));
    return parts;
}

// SEQUENCE { id, [0] { SEQUENCE { …, SET { SEQUENCE { …, OCTET STRING signature, [1] unsigned } } } } }
function signerOf(cms) {
    const signed = partsOf(partsOf(partsOf(cms)[1])[0]);
    return partsOf(partsOf(signed.at(-1))[0]);
}

// The stamp is the one value of its attribute: [1] { SEQUENCE { id, SET { token } } }.
function writeStamp(cms) {
    rmSync(join(folder, 'token'), { force: true });
    const parts = signerOf(cms), value = parts.find((part) => part[0] === 0x04), unsigned = parts.find((part) => part[0] === 0xA1);
    if (unsigned === undefined)
        return;
    const [id, set] = partsOf(partsOf(unsigned)[0]);
    check(id.toString('hex') === '060b2a864886f70d010910020e', 'what is not signed is a time stamp');
    writeFileSync(join(folder, 'token'), partsOf(set)[0]);
    writeFileSync(join(folder, 'value'), contentOf(value));
}

function checkHole() {
    const found = text.match(/\/ByteRange \[(\d+) (\d+) (\d+) (\d+) *\]\n\/Contents <([0-9A-F]*)>/);
    if (!check(found, 'the hole is filled in upper case'))
        return;
    const [zero, open, close, rest] = found.slice(1, 5).map(Number), hex = found[5];
    check(zero === 0 && close + rest === bytes.length, 'all of the file is covered');
    check(text[open] === '<' && text[close - 1] === '>' && close - open === hex.length + 2, 'all but the hole');
    const room = Buffer.from(hex, 'hex'), size = lengthOf(room);
    check(room.subarray(size).every((byte) => byte === 0), 'padded with zeros');
    console.log(`signature ${size} bytes of ${room.length}, file ${bytes.length}`);
    writeStamp(room.subarray(0, size));
    writeFileSync(join(folder, 'cms'), room.subarray(0, size));
    writeFileSync(join(folder, 'content'), Buffer.concat([bytes.subarray(0, open), bytes.subarray(close)]));
}

// Whatever cannot be reached from the trailer could be hidden content.
function checkReachable() {
    const out = execFileSync('qpdf', ['--json=2', '--json-key=qpdf', file], { maxBuffer: 1 << 28 });
    const objects = JSON.parse(out).qpdf[1], seen = new Set(['trailer']), waiting = [objects.trailer];
    for (let value; (value = waiting.pop()) !== undefined;) {
        const name = typeof value === 'string' && /^\d+ \d+ R$/.test(value) ? `obj:${value}` : '';
        if (name && !seen.has(name)) {
            seen.add(name);
            waiting.push(objects[name]);
        } else if (value && typeof value === 'object') {
            waiting.push(...Object.values(value));
        }
    }
    const lost = Object.keys(objects).filter((name) => !seen.has(name));
    check(lost.length === 0, `unreachable: ${lost.slice(0, 5)}`);
}

checkRevisions();
checkHole();
checkReachable();
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed ? 1 : 0);
