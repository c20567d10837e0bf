// pdf/words: every word of a text stands on the sheets, in its order.
//
//   words.mjs FILE.pdf FILE.txt
//
// Compared letter by letter: line ends, hyphens and ligatures differ, words may not.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const bare = (text) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
const [pdf, text] = process.argv.slice(2);
const words = readFileSync(text, 'utf8').split(/\s+/).map(bare).filter((word) => word !== '');
const paper = bare(execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8', maxBuffer: 1 << 30 }));
// Poppler turns the two letters of the Arabic ligature lam-alef round. A word of pages is cut by
// their heads and feet; hard.sh counts its letters.
const asPoppler = (word) => word.replace(/ل([اأإآ])/g, '$1ل');
const isThere = (word) => word.length > 2000 || paper.includes(word) || paper.includes(asPoppler(word));
const lost = words.filter((word) => !isThere(word));

// Heads, feet and notes stand between the words of the text, so the next one may be far away. A
// raw extract has right-to-left lines as they are seen, from the left.
const isRightToLeft = (word) => /\p{Script=Hebrew}|\p{Script=Arabic}/u.test(word);
let at = 0, outOfOrder = 0;
for (const word of words.filter((w) => !isRightToLeft(w) && w.length <= 2000)) {
    const next = paper.indexOf(word, at);
    outOfOrder += next < 0;
    at = next < 0 ? at : next + word.length;
}
if (lost.length)
    console.log(`FAIL ${basename(pdf)}: lost ${lost.slice(0, 8).join(' ').slice(0, 200)}`);
if (!lost.length && outOfOrder * 20 > words.length)
    console.log(`FAIL ${basename(pdf)}: ${outOfOrder} of ${words.length} words out of order`);
const failed = Number(lost.length > 0) + Number(outOfOrder * 20 > words.length);
console.log(`${2 - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
