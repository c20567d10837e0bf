// serve/lib: `continuo serve` as a child of the test, raw requests, and waiting with an end.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { existsSync, readFileSync, readdirSync } from 'node:fs';

export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Until `ask` gives something true: that, or null when it took too long.
export async function until(ask, milliseconds = 15000) {
    for (const end = Date.now() + milliseconds; Date.now() < end; await sleep(10)) {
        const answer = await ask();
        if (answer)
            return answer;
    }
    return null;
}

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

// A server; `url` once it has said it, null when it ended first.
export async function start(program, folder, temporary, ...words) {
    const child = spawn(program, ['serve', '-C', folder, ...words], { env: { ...process.env, TMPDIR: temporary } });
    const server = { child, out: '', err: '', status: null, pid: child.pid };
    running.add(child);
    child.stdout.on('data', (data) => server.out += data);
    child.stderr.on('data', (data) => server.err += data);
    server.ended = new Promise((done) => child.on('close', (status, signal) => {
        running.delete(child);
        server.status = status ?? signal;
        done(server.status);
    }));
    await until(() => server.out.includes('\n') || server.status !== null);
    server.url = /^http:\S+$/m.exec(server.out)?.[0] ?? null;
    server.port = Number(/:(\d+)\//.exec(server.url ?? '')?.[1]);
    server.stop = (signal = 'SIGINT') => {
        child.kill(signal);
        return Promise.race([server.ended, sleep(10000).then(() => 'did not end')]);
    };
    return server;
}

// All processes below one, by their ids.
export function childrenOf(pid) {
    const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
        try {
            const fields = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/.*\) /s, '').split(' ');
            return [{ pid: Number(name), state: fields[0], parent: Number(fields[1]) }];
        } catch {
            return []; // it has just ended
        }
    });
    const below = (of) => parents.filter((p) => p.parent === of).flatMap((p) => [p, ...below(p.pid)]);
    return below(pid);
}

export const isRunning = (pid) => existsSync(`/proc/${pid}`);

// Bytes as they are, and all that comes back until the other end closes or nothing more comes.
export function raw(port, bytes, milliseconds = 3000) {
    return new Promise((done) => {
        const socket = connect(port, '127.0.0.1', () => bytes.length && socket.write(bytes));
        let got = '';
        socket.on('data', (data) => got += data.toString('latin1'));
        const end = () => { socket.destroy(); done(got); };
        socket.on('close', end);
        socket.on('error', end);
        setTimeout(end, milliseconds).unref();
    });
}
