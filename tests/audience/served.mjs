// nginx and Apache, told what `continuo server-config` writes, keep the audiences apart.
//
//   served.mjs PROGRAM SITE
//
// SITE holds the drafts of the example. Each server runs on a free port of this machine, from a
// temporary folder, and is stopped by its own process; nothing of the machine's own configuration
// is read. Requests are written byte by byte, since a client would tidy up the tricks.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const [program, site] = process.argv.slice(2);
if (!site) {
    console.error("usage: served.mjs PROGRAM SITE");
    process.exit(2);
}
const place = fs.mkdtempSync(path.join(os.tmpdir(), "served-"));
fs.chmodSync(place, 0o755);
let running = null;
process.on("exit", () => {
    if (running) try { process.kill(running.pid, "SIGKILL"); } catch { /* it has ended */ }
    fs.rmSync(place, { recursive: true, force: true });
});
const bound = setTimeout(() => {
    console.log("FAIL: the servers did not answer in time\n0 passed, 1 failed");
    process.exit(1);
}, 60000);
let passed = 0, failed = 0;

function check(fine, what) {
    if (fine) passed++;
    else failed++;
    if (!fine) console.log(`FAIL: ${what}`);
}

// -- What is served ------------------------------------------------------------------------------

const root = path.join(place, "site");
const SECRET = "only-for-auditors";
for (const audience of ["staff", "audit"]) {
    const to = path.join(root, audience);
    fs.mkdirSync(path.join(to, "draft", "assets"), { recursive: true });
    fs.cpSync(path.join(site, audience, "draft", "index.html"), path.join(to, "draft", "index.html"));
    fs.cpSync(path.join(site, audience, "draft", "card.html"), path.join(to, "draft", "card.html"));
    fs.cpSync(path.join(site, audience, "draft", "assets"), path.join(to, "draft", "assets"), { recursive: true });
    fs.mkdirSync(path.join(to, "2026.3.new"));
    fs.mkdirSync(path.join(to, "draft", ".git"));
    fs.mkdirSync(path.join(to, "empty"));
    for (const file of ["2026.3.new/index.html", "draft/.git/config", "draft/.hidden", "x.new"])
        fs.writeFileSync(path.join(to, file), `${SECRET} ${file}`);
}
fs.writeFileSync(path.join(root, "audit", "draft", "secret.html"), SECRET);
fs.writeFileSync(path.join(root, "ledger.jsonl"), SECRET);
fs.mkdirSync(path.join(root, "ledger"));
fs.writeFileSync(path.join(root, "ledger", "1.p7s"), SECRET);
fs.writeFileSync(path.join(root, "README.md"), SECRET);
fs.symlinkSync("../audit", path.join(root, "staff", "link"));
for (const [audience, user] of [["staff", "ann"], ["audit", "bo"], ["crisis", "cy"]]) {
    const hash = createHash("sha1").update(`${user}-pw`).digest("base64");
    fs.writeFileSync(path.join(place, `${audience}.users`), `${user}:{SHA}${hash}\n`);
}
spawnSync("chmod", ["-R", "a+rX", place]);

function snippet(server) {
    const made = spawnSync(program, ["server-config", server], { encoding: "utf8" });
    check(made.status === 0, `server-config ${server}: ${made.stderr}`);
    const text = made.stdout.replaceAll("/srv/continuo/site", root).replaceAll("/etc/continuo", place);
    const file = path.join(place, `${server}.conf`);
    fs.writeFileSync(file, text);
    return file;
}

// -- The servers ---------------------------------------------------------------------------------

const isRoot = process.getuid() === 0;

function nginx(port) {
    const conf = path.join(place, "nginx-main.conf");
    const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map((t) => `    ${t}_temp_path ${place}/${t};\n`).join("");
    fs.writeFileSync(conf, `daemon off;
${isRoot ? "user root;\n" : ""}worker_processes 1;
pid ${place}/nginx.pid;
error_log ${place}/nginx.log;
events { worker_connections 64; }
http {
    types { text/html html; text/css css; text/javascript js; image/svg+xml svg; }
    access_log off;
${temp}    server { listen 127.0.0.1:${port}; include ${snippet("nginx")}; }
}
`);
    return spawn("nginx", ["-c", conf, "-p", place, "-e", path.join(place, "nginx.log")], { stdio: "ignore" });
}

function apache(port) {
    const conf = path.join(place, "apache-main.conf");
    const from = "/usr/lib/apache2/modules";
    const modules = ["mpm_event", "auth_basic", "authn_core", "authn_file", "authz_core", "authz_user", "dir",
        "headers", "mime"].filter((m) => fs.existsSync(`${from}/mod_${m}.so`));
    fs.writeFileSync(conf, `ServerRoot "${place}"
ServerName localhost
Listen 127.0.0.1:${port}
PidFile "${place}/apache.pid"
ErrorLog "${place}/apache.log"
DefaultRuntimeDir "${place}"
${isRoot ? "User www-data\nGroup www-data\n" : ""}${modules.map((m) => `LoadModule ${m}_module ${from}/mod_${m}.so\n`).join("")}TypesConfig /etc/mime.types
ServerLimit 1
ThreadsPerChild 8
MaxRequestWorkers 8
<VirtualHost 127.0.0.1:${port}>
    Include "${snippet("apache")}"
</VirtualHost>
`);
    return spawn("apache2", ["-f", conf, "-DFOREGROUND"], { stdio: "ignore" });
}

function freePort() {
    return new Promise((done) => {
        const server = net.createServer().listen(0, "127.0.0.1", () => {
            const { port } = server.address();
            server.close(() => done(port));
        });
    });
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// -- Requests, as they are written ---------------------------------------------------------------

function ask(port, target, { user = "", method = "GET", headers = "" } = {}) {
    const login = user ? `Authorization: Basic ${Buffer.from(`${user}:${user}-pw`).toString("base64")}\r\n` : "";
    return new Promise((done) => {
        const chunks = [];
        const socket = net.connect(port, "127.0.0.1", () =>
            socket.write(`${method} ${target} HTTP/1.1\r\nHost: localhost\r\n${login}${headers}Connection: close\r\n\r\n`));
        const end = () => {
            const text = Buffer.concat(chunks).toString("latin1");
            const [head] = text.split("\r\n\r\n", 1);
            done({ status: Number(/^HTTP\/1\.\d (\d+)/.exec(text)?.[1] ?? 0), head, body: text.slice(head.length) });
        };
        socket.setTimeout(5000, () => socket.destroy());
        socket.on("data", (c) => chunks.push(c));
        socket.on("error", end);
        socket.on("close", end);
    });
}

// Ways to write /audit/draft/secret.html so that a guard of /staff/ might let it pass.
const tricks = [
    "/staff/../audit/draft/secret.html", "/staff/%2e%2e/audit/draft/secret.html",
    "/staff/..%2faudit/draft/secret.html", "/staff/%2e%2e%2faudit%2fdraft%2fsecret.html",
    "/staff/..%252faudit/draft/secret.html", "/staff/%252e%252e/audit/draft/secret.html",
    "/staff//../audit/draft/secret.html", "//audit/draft/secret.html", "///audit//draft/secret.html",
    "/staff/draft/../../audit/draft/secret.html", "/staff/.//../audit/draft/secret.html",
    "/./audit/draft/secret.html", "/staff/..;/audit/draft/secret.html", "/AUDIT/draft/secret.html",
    "/Audit/draft/secret.html", "/audit%2fdraft%2fsecret.html", "/audit/draft/secret.html/",
    "/audit/draft/secret.html%00", "/audit/draft/secret.html?x=/staff/", "/audit/draft/secret.html#/staff/",
    "/staff/..\\audit\\draft\\secret.html", "/staff/%5c..%5caudit/draft/secret.html",
    "/staff/%c0%ae%c0%ae/audit/draft/secret.html", "/staff/link/draft/secret.html", "/%61udit/draft/secret.html",
    "/audit/draft/./secret.html", "/staff/../audit/", "/audit", "/audit/draft", "/audit/draft/",
    "http://localhost/audit/draft/secret.html", "http://localhost/staff/../audit/draft/secret.html",
    "/staff/draft/index.html/../../../audit/draft/secret.html", "/staff%2f..%2faudit/draft/secret.html",
];
const never = ["/ledger.jsonl", "/ledger/1.p7s", "/ledger/", "/README.md", "/", "/staff/2026.3.new/index.html",
    "/staff/2026.3.NEW/index.html", "/staff/2026.3.new/", "/staff/x.new", "/staff/draft/.git/config",
    "/staff/draft/.hidden", "/staff/draft/%2egit/config", "/staff/draft/%2ehidden", "/staff/2026.3%2enew/index.html",
    "/staff/2026.3.new", "/staff/empty/", "/staff/draft/assets/", "/../staff.users", "/staff/../../staff.users"];
const headers = ["content-security-policy: default-src 'none'", "frame-ancestors 'none'", "x-content-type-options: nosniff",
    "x-frame-options: deny", "referrer-policy: no-referrer", "cross-origin-resource-policy: same-origin",
    "cache-control: private", "x-robots-tag: noindex"];

async function tryServer(name, start) {
    const port = await freePort();
    running = start(port);
    let answer = { status: 0 };
    for (let i = 0; i < 100 && answer.status === 0; i++) {
        await wait(50);
        answer = await ask(port, "/staff/draft/index.html");
    }
    check(answer.status === 401, `${name}: a stranger gets ${answer.status} ${name === "nginx" ? log("nginx.log") : log("apache.log")}`);

    for (const [user, own, other] of [["ann", "staff", "audit"], ["bo", "audit", "staff"]]) {
        const mine = await ask(port, `/${own}/draft/index.html`, { user });
        check(mine.status === 200 && mine.body.includes("</html>"), `${name}: ${user} does not get ${own}: ${mine.status}`);
        for (const header of headers)
            check(mine.head.toLowerCase().includes(header), `${name}: no '${header}'\n${mine.head}`);
        const asset = await ask(port, `/${own}/draft/assets/portal.css`, { user });
        check(asset.status === 200 && /content-type: text\/css/i.test(asset.head), `${name}: the style sheet: ${asset.head}`);
        const card = await ask(port, `/${own}/draft/card.html`, { user });
        check(/style-src 'unsafe-inline'/.test(card.head) && (card.head.match(/content-security-policy/gi) ?? []).length === 1,
            `${name}: the card, which has its style inside: ${card.head}`);
        check(!/unsafe/.test(mine.head + asset.head), `${name}: only the card has a style inside: ${mine.head}`);
        const folder = await ask(port, `/${own}/draft/`, { user });
        check(folder.status === 200, `${name}: the folder's index page: ${folder.status}`);
        const theirs = await ask(port, `/${other}/draft/index.html`, { user });
        check([401, 403].includes(theirs.status), `${name}: ${user} gets ${theirs.status} from ${other}`);
        check(theirs.head.toLowerCase().includes("frame-ancestors"), `${name}: a refusal without headers`);
    }
    check((await ask(port, "/audit/draft/secret.html", { user: "bo" })).body.includes(SECRET), `${name}: bo lacks his page`);
    for (const user of ["", "ann"])
        for (const trick of tricks) {
            const got = await ask(port, trick, { user });
            check(!got.body.includes(SECRET) && got.status !== 200, `${name}: '${trick}' as '${user}': ${got.status}`);
        }
    for (const user of ["", "ann", "bo"])
        for (const target of never) {
            const got = await ask(port, target, { user });
            check(got.status !== 200 && !got.body.includes(SECRET) && !/Index of/i.test(got.body),
                `${name}: '${target}' as '${user}': ${got.status}`);
        }
    for (const method of ["POST", "PUT", "DELETE", "PROPFIND", "TRACE", "OPTIONS"]) {
        const got = await ask(port, "/staff/draft/index.html", { user: "ann", method, headers: "Content-Length: 0\r\n" });
        check(got.status >= 400, `${name}: ${method} is taken: ${got.status}`);
    }
    const head = await ask(port, "/staff/draft/index.html", { user: "ann", method: "HEAD" });
    check(head.status === 200, `${name}: HEAD is refused: ${head.status}`);

    const ended = new Promise((done) => running.on("exit", done));
    process.kill(running.pid, "SIGTERM");
    await ended;
    running = null;
}

const log = (file) => fs.existsSync(path.join(place, file)) ? fs.readFileSync(path.join(place, file), "utf8") : "";
const isThere = (command) => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;

for (const [name, command, start] of [["nginx", "nginx", nginx], ["Apache", "apache2", apache]]) {
    if (isThere(command)) await tryServer(name, start);
    else check(false, `${command} is not here; .ci/need test installs it`);
}
clearTimeout(bound);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
