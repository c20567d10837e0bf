// browser: the portal as its readers meet it.
//
//   all.mjs FOLDER [CHANGED]   a finished site (site/audit/draft), and one beside an older
//                              edition, whose pages of changes are looked at
import { resolve } from 'node:path';
import { proveTheWires } from './controls.mjs';
import { attempt, launch, pageOfEveryKind, serve, tally } from './lib.mjs';
import { lookAtAll } from './look.mjs';
import { useAll } from './use.mjs';
import { validate } from './vnu.mjs';

const folder = resolve(process.argv[2]);
const paths = pageOfEveryKind(folder);
const changed = process.argv[3] && resolve(process.argv[3]);
const browser = await launch();
const server = await serve(folder);
try {
    await proveTheWires(browser, folder);
    await lookAtAll(browser, folder, server, paths);
    await useAll(browser, folder, server, paths);
    await attempt('vnu', () => validate(folder, paths));
    if (changed) {
        const changes = pageOfEveryKind(changed).filter((path) => path.startsWith('changes/'));
        const changedServer = await serve(changed);
        await lookAtAll(browser, changed, changedServer, changes);
        await attempt('vnu', () => validate(changed, changes));
        changedServer.stop();
        console.log(`${changes.length} kinds of pages of changes`);
    }
} finally {
    await browser.close();
    server.stop();
}
console.log(`${paths.length} kinds of pages`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed ? 1 : 0);
