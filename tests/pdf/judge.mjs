// pdf/judge: do PDF files keep the rules of PDF/A-3B and PDF/UA-1 that a program can judge?
//
//   judge.mjs FILE.pdf…
import { basename } from 'node:path';
import { archiveRules } from './archive.mjs';
import { Pdf } from './file.mjs';
import { tagRules } from './tags.mjs';

const tally = { passed: 0, failed: 0 };
for (const path of process.argv.slice(2)) {
    const check = (rule, fine, where = '') => {
        tally[fine ? 'passed' : 'failed']++;
        if (!fine)
            console.log(`FAIL ${basename(path)}: ${rule} ${where}`);
        return fine;
    };
    const pdf = new Pdf(path);
    archiveRules(pdf, check);
    tagRules(pdf, check);
}
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed || !tally.passed ? 1 : 0);
